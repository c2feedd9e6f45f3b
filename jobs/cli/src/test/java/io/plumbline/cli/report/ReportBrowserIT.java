package io.plumbline.cli.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.cli.DriftReport;
import io.plumbline.drift.plan.DriftPlan;
import io.plumbline.events.DriftResult;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;

/** The report in a browser, used by its keyboard; it says nothing and asks nobody for anything. */
class ReportBrowserIT {
  private static final String OPEN = "#features .open";
  private static Browser browser;

  @TempDir Path folder;
  private Path page;

  @BeforeAll
  static void start() {
    browser = Browser.start();
  }

  @AfterAll
  static void end() {
    if (browser != null) {
      browser.close();
    }
  }

  private void open(DriftReport report) {
    page = folder.resolve("report.html");
    ReportFile.of(page.toString(), report.plan()).write(report, new ReasonInWords());
    browser.open(page);
  }

  @AfterEach
  void nothingIsSaidAndNothingAskedFor() {
    assertThat(browser.said()).isEmpty();
    assertThat(browser.requests())
        .filteredOn(address -> !address.startsWith("data:"))
        .containsOnly(page.toUri().toString());
  }

  @Test
  void namesThatEveryObjectHasAreNames() {
    List<String> names = List.of("constructor", "__proto__", "toString", "hasOwnProperty");
    DriftPlan plan = SampleReport.plan("__proto__", "constructor", "r", "tables", names);
    List<DriftResult> results = new ArrayList<>();
    for (String name : names) {
      results.add(SampleReport.categories(name, "", names.toArray(String[]::new)));
      for (int segment = 1; segment < plan.segments().size(); segment++) {
        results.add(SampleReport.categories(name, plan.segments().text(segment), "__proto__"));
      }
    }
    DriftReport sample = SampleReport.of(results, 0);
    open(new DriftReport(plan, sample.results(), List.of(), sample.verdict(), 1, 1));
    assertThat(browser.texts(OPEN)).containsExactlyInAnyOrderElementsOf(names);
    assertThat(browser.texts(".heat thead th"))
        .contains("country=constructor", "country=\"__proto__\"", "country=toString");
    browser.tabTo(OPEN);
    browser.press(Keys.ENTER);
    assertThat(browser.texts("figure > div .bars tbody td:first-child"))
        .containsExactlyInAnyOrderElementsOf(names);
    assertThat(browser.find(".sheet select").getText())
        .contains("country=constructor", "country=\"__proto__\"");
  }

  private static List<Double> shownPsi() {
    return browser.texts("#features td[data-label=PSI]").stream()
        .filter(psi -> !psi.equals("-"))
        .map(Double::valueOf)
        .toList();
  }

  @Test
  void sorts() {
    open(SampleReport.of(24, 3));
    browser.tabTo("button[data-column=psi]");
    browser.press(Keys.ENTER);
    assertThat(browser.find("th:has([data-column=psi])").getDomAttribute("aria-sort"))
        .isEqualTo("descending");
    assertThat(shownPsi()).hasSizeGreaterThan(20).isSortedAccordingTo(Comparator.reverseOrder());
    browser.press(Keys.ENTER);
    assertThat(browser.find("th:has([data-column=psi])").getDomAttribute("aria-sort"))
        .isEqualTo("ascending");
    assertThat(browser.find("th:has([data-column=severity])").getDomAttribute("aria-sort"))
        .isEqualTo("none");
    assertThat(shownPsi()).isSorted();
    browser.tabTo("button[data-column=segments]");
    browser.press(Keys.SPACE);
    assertThat(browser.texts("#features td[data-label^=Segments]"))
        .isSortedAccordingTo(Comparator.reverseOrder());
  }

  @Test
  void filters() {
    open(SampleReport.of(24, 3));
    browser.tabTo("#filter");
    browser.press("_01");
    assertThat(browser.texts(OPEN)).hasSize(10).allMatch(name -> name.startsWith("feature_01"));
    assertThat(browser.find("#shown").getText()).isEqualTo("10 of 24 features");
    assertThat(browser.texts(".heat tbody th")).hasSize(10);
    browser.press(Keys.BACK_SPACE, Keys.BACK_SPACE, Keys.BACK_SPACE, "categorical");
    assertThat(browser.texts(OPEN)).hasSize(4);
    browser.press(Keys.chord(Keys.CONTROL, "a"), Keys.BACK_SPACE);
    browser.tabTo(".level[data-level=high]");
    browser.press(Keys.SPACE);
    assertThat(browser.texts("#features tbody .badge")).isNotEmpty().containsOnly("high");
    browser.press(Keys.SPACE);
    assertThat(browser.texts(OPEN)).hasSize(24);
  }

  @Test
  void opensAFeatureByKeyboard() {
    open(SampleReport.of(24, 3));
    browser.tabTo(OPEN);
    browser.press(Keys.ENTER);
    assertThat(browser.focused().getDomAttribute("aria-expanded")).isEqualTo("true");
    assertThat(browser.find(".sheet .said").getText()).startsWith("PSI ");
    assertThat(browser.all(".sheet .chart path")).hasSize(2);
    assertThat(browser.find(".sheet").getText())
        .contains("Kolmogorov-Smirnov", "Wasserstein-1", "Median", "Missing cells");
    browser.tabTo(".sheet select");
    browser.press(Keys.ARROW_DOWN);
    assertThat(browser.find(".sheet select").getDomProperty("value")).isEqualTo("0");
    browser.press(Keys.ESCAPE);
    assertThat(browser.all(".sheet")).isEmpty();
    assertThat(browser.focused()).isEqualTo(browser.find(OPEN));
    browser.press(Keys.ARROW_DOWN);
    assertThat(browser.focused()).isEqualTo(browser.all(OPEN).get(1));
    assertThat(browser.run("return document.activeElement.matches(':focus-visible')"))
        .isEqualTo(true);
  }

  @Test
  void theHeatMapOpensAFeatureInItsSegment() {
    open(SampleReport.of(24, 3));
    browser.tabTo(".heat td[tabindex='0']");
    browser.press(Keys.ARROW_DOWN);
    browser.press(Keys.ARROW_RIGHT);
    String feature = browser.texts(".heat tbody th").get(1);
    browser.press(Keys.ENTER);
    assertThat(browser.focused().getText()).isEqualTo(feature);
    assertThat(browser.find(".sheet select").getDomProperty("value")).isEqualTo("1");
  }

  @Test
  void categoriesAreThereToTheLast() {
    DriftReport report = SampleReport.of(List.of(SampleReport.categorical("kind", "", 1)), 0);
    open(report);
    browser.tabTo(OPEN);
    browser.press(Keys.ENTER);
    assertThat(browser.all(".bars tbody tr")).hasSize(12);
    browser.tabTo(".sheet .more");
    browser.press(Keys.ENTER);
    assertThat(browser.all(".bars tbody tr")).hasSize(22);
    assertThat(browser.find(".bars").getText()).contains("new ones together");
  }

  @Test
  void aScriptAsANameIsOnlyAName() {
    String name = "<script>alert(1)</script>";
    String segment = "country=</script><img src=http://localhost/x onerror=alert(1)>";
    DriftReport sample =
        SampleReport.of(
            List.of(
                SampleReport.numeric(name, "", 1, new Random(1)),
                SampleReport.category("kind", name)),
            0);
    open(
        new DriftReport(
            SampleReport.plan(name, segment, name, "tables", 0),
            sample.results(),
            List.of(new DriftPlan.LeftOut(name, segment)),
            sample.verdict(),
            1,
            1));
    assertThat(browser.texts(OPEN)).contains(name);
    assertThat(browser.find("h1").getText()).contains(name, segment);
    browser.run("document.querySelectorAll('.open').forEach(button => button.click())");
    assertThat(browser.find("figure > div .bars").getText()).contains(name);
    assertThat(browser.run("return document.scripts.length")).isEqualTo(4L);
    assertThat(browser.all("img")).isEmpty();
  }

  @Test
  void namesThatAreCalledAsOursOrAsWhatScriptsHaveAreOnlyNames() {
    List<String> values = List.of("", "__other__", "x=__other__", "x=", "(null)", "constructor");
    List<DriftResult> results = new ArrayList<>();
    results.add(
        SampleReport.categories(
            "kind",
            "",
            "",
            "constructor",
            "toString",
            "\"__proto__\"",
            "\"__new__\"",
            "__rare__",
            "__new__"));
    DriftPlan plan = SampleReport.plan("credit", "v3", "r", "tables", values);
    for (int segment = 1; segment < plan.segments().size(); segment++) {
      results.add(
          SampleReport.categories("kind", plan.segments().text(segment), "\"__new__\"", "__new__"));
    }
    DriftReport sample = SampleReport.of(results, 0);
    open(new DriftReport(plan, sample.results(), List.of(), sample.verdict(), 1, 1));
    assertThat(browser.texts(".heat thead th"))
        .containsExactlyInAnyOrder(
            "country: null",
            "country: others",
            "country=\"\"",
            "country=\"__other__\"",
            "country=x=__other__",
            "country=x=",
            "country=(null)",
            "country=constructor");
    browser.tabTo(OPEN);
    browser.press(Keys.ENTER);
    assertThat(browser.texts(".bars tbody td:first-child"))
        .containsExactlyInAnyOrder(
            "\"\"",
            "constructor",
            "toString",
            "\"__proto__\"",
            "\"__new__\"",
            "rarer ones together",
            "new ones together");
    assertThat(browser.texts(".bars tbody td.together"))
        .containsExactlyInAnyOrder("rarer ones together", "new ones together");
  }

  @Test
  void everyPictureCanBeDrawn() {
    open(
        SampleReport.of(
            List.of(
                SampleReport.bare("nothing known", ""),
                SampleReport.constant("constant", 0, 5),
                SampleReport.constant("same", 3, 3)),
            0));
    browser.run("document.querySelectorAll('.open').forEach(button => button.click())");
    assertThat(browser.all(".sheet")).hasSize(3);
    for (WebElement drawing : browser.all(".sheet svg")) {
      assertThat(drawing.getDomProperty("outerHTML"))
          .doesNotContain("NaN", "undefined", "Infinity");
    }
    assertThat(browser.texts(".sheet .chart text")).contains("100.0 % → 0.0 %", "0.0 % → 100.0 %");
  }

  @Test
  void fitsAPhone() {
    browser.devTools(
        "Emulation.setDeviceMetricsOverride",
        Map.of("width", 360, "height", 740, "deviceScaleFactor", 2, "mobile", true));
    try {
      open(SampleReport.of(24, 20));
      browser.run("document.querySelectorAll('.open').forEach(button => button.click())");
      assertThat(browser.run("return document.documentElement.scrollWidth")).isEqualTo(360L);
    } finally {
      browser.devTools("Emulation.clearDeviceMetricsOverride", Map.of());
    }
  }

  @Test
  void whatDriftedIsOpenOnPaper() {
    open(SampleReport.of(24, 0));
    browser.run("window.dispatchEvent(new Event('beforeprint'))");
    long drifted =
        browser.texts("#features tbody .severity .badge").stream()
            .filter(s -> !s.equals("low") && !s.equals("none"))
            .count();
    assertThat(browser.all(".sheet")).hasSize((int) drifted).isNotEmpty();
    browser.run("window.dispatchEvent(new Event('afterprint'))");
    assertThat(browser.all(".sheet")).isEmpty();
  }

  @Test
  void theTableIsThereWithoutScripts() {
    browser.devTools("Emulation.setScriptExecutionDisabled", Map.of("value", true));
    try {
      open(SampleReport.of(24, 3));
      assertThat(browser.texts(OPEN)).hasSize(24);
      assertThat(browser.find("main").getText()).contains("departure");
    } finally {
      browser.devTools("Emulation.setScriptExecutionDisabled", Map.of("value", false));
    }
  }

  @Test
  void fiveHundredFeaturesInTwentySegmentsOpenWithinASecond() {
    open(SampleReport.of(500, 20));
    // Others may have the machine: the best of some.
    double best = opened();
    for (int i = 0; i < 10 && best >= 1000; i++) {
      browser.open(page);
      best = Math.min(best, opened());
    }
    assertThat(browser.all(OPEN)).hasSize(500);
    System.out.printf("500 features in 20 segments are open after %.0f ms%n", best);
    assertThat(best).isLessThan(1000);
  }

  /** Milliseconds from the navigation until the table and heat map are there and were painted. */
  private static double opened() {
    return ((Number)
            browser.run(
                "return Math.max(performance.getEntriesByName('plumbline-ready')[0].startTime,"
                    + " performance.getEntriesByType('navigation')[0].loadEventEnd,"
                    + " performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? 0)"))
        .doubleValue();
  }
}
