package io.plumbline.cli.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.plumbline.cli.DriftReport;
import io.plumbline.drift.plan.DriftPlan;
import io.plumbline.events.DriftResult;
import java.io.IOException;
import java.io.StringWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What stands in the page, whatever the data says. */
class HtmlReportTest {
  private static final String DATA = "<script type=\"application/json\" id=\"%s\">";

  private static String page(DriftReport report) throws IOException {
    StringWriter page = new StringWriter();
    HtmlReport.write(report, new ReasonInWords(), page);
    return page.toString();
  }

  private static String between(String text, String start, String end) {
    int from = text.indexOf(start) + start.length();
    return text.substring(from, text.indexOf(end, from));
  }

  private static JsonNode overview(String page) throws IOException {
    return new ObjectMapper().readTree(between(page, DATA.formatted("data"), "</script>"));
  }

  private static JsonNode details(String page, int feature) throws IOException {
    String start = DATA.formatted("feature-" + feature);
    return new ObjectMapper().readTree(between(page, start, "</script>"));
  }

  private static int count(String text, String part) {
    return (text.length() - text.replace(part, "").length()) / part.length();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "<script>alert(1)</script>",
        "</script><script>alert(1)</script>",
        "<!--<script>",
        "\"><img src=x onerror=alert(1)>",
        "' onclick='alert(1)",
        "{{model}} &lt; &amp;",
        "__proto__",
        "constructor",
        "a\u2028b\u2029c",
        "a\u0000b\u001B[31m\u0085\r\nc"
      })
  void namesAndValuesAreOnlyText(String text) throws Exception {
    DriftReport sample =
        SampleReport.of(
            List.of(
                SampleReport.category(text, text),
                SampleReport.numeric(text, "country=" + text, 1, new java.util.Random(1))),
            0);
    DriftReport report =
        new DriftReport(
            SampleReport.plan(text, text, text, "tables", 0),
            sample.results(),
            List.of(new DriftPlan.LeftOut(text, text)),
            sample.verdict(),
            1,
            1);
    String page = page(report);
    assertThat(count(page.toLowerCase(java.util.Locale.ROOT), "<script")).isEqualTo(3);
    assertThat(count(page, "</script>")).isEqualTo(3);
    assertThat(page).doesNotContain("<img", "<!--");
    String around = page.replaceAll("(?s)<script type=.*?</script>", "");
    assertThat(around).doesNotContain("onclick='", "\u0000", "\u001B", "\u0085");
    assertThat(overview(page).at("/features/0/name").asText()).isEqualTo(text);
    assertThat(details(page, 0).at("/all/categories/0/0").asText()).isEqualTo(text);
  }

  @Test
  void onlyThePagesOwnScriptAndStyleAreAllowed() throws Exception {
    String page = page(SampleReport.of(3, 2));
    String policy = between(page, "Content-Security-Policy\" content=\"", "\"");
    assertThat(policy).startsWith("default-src 'none'").doesNotContain("unsafe", "http");
    assertThat(policy).contains(sha256(between(page, "<script>", "</script>")));
    assertThat(policy).contains(sha256(between(page, "<style>", "</style>")));
    assertThat(page).doesNotContain("innerHTML", "insertAdjacentHTML", "document.write");
  }

  private static String sha256(String text) throws Exception {
    byte[] digest =
        MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
    return "'sha256-" + Base64.getEncoder().encodeToString(digest) + "'";
  }

  @Test
  void whatDoesNotApplyIsNotThere() throws Exception {
    String page =
        page(
            SampleReport.of(
                List.of(SampleReport.bare("a", ""), SampleReport.bare("a", "country=C01")), 1));
    JsonNode whole = details(page, 0).get("all");
    assertThat(whole.has("psi")).isFalse();
    assertThat(whole.get("level").asText()).isEqualTo("none");
    assertThat(details(page, 0).at("/segments/0/level").asText()).isEqualTo("none");
    assertThat(page).contains("No cell is null").doesNotContain(">null<");
  }

  @Test
  void aRunWithoutFeatures() throws Exception {
    DriftReport sample = SampleReport.of(List.of(), 0);
    String page =
        page(new DriftReport(sample.plan(), List.of(), List.of(), sample.verdict(), 1, 1));
    assertThat(overview(page).get("features")).isEmpty();
    assertThat(page).contains("Every column was compared.").doesNotContain("id=\"heat\"");
  }

  @Test
  void segmentsStandInTheOrderOfThePlan() throws Exception {
    JsonNode data = overview(page(SampleReport.of(2, 3)));
    assertThat(data.get("segments")).hasSize(3);
    assertThat(data.at("/segments/0").asText()).isEqualTo("country=C01");
    assertThat(data.at("/features/1/segments")).hasSize(3);
  }

  @Test
  void ofASegmentOnlyTheCategoriesThatDifferMostAreNamed() throws Exception {
    DriftReport report = SampleReport.of(5, 1);
    String page = page(report);
    JsonNode features = overview(page).get("features");
    for (int i = 0; i < features.size(); i++) {
      if (features.get(i).get("type").asText().equals("categorical")) {
        JsonNode kept = details(page, i).at("/segments/0/categories");
        assertThat(kept).hasSize(14);
        DriftResult whole =
            report.results().stream()
                .filter(r -> r.type().equals("categorical") && !r.segment().isEmpty())
                .findFirst()
                .orElseThrow();
        long rows = 0;
        for (JsonNode category : kept) {
          rows += category.get(2).asLong();
        }
        assertThat(rows).isEqualTo(whole.categories().stream().mapToLong(c -> c.current()).sum());
      }
    }
  }

  @Test
  void categoriesOfDataThatAreCalledAsOursAreNotAddedToOurs() throws Exception {
    String[] names = new String[20];
    for (int i = 0; i < names.length - 3; i++) {
      names[i] = "c" + i;
    }
    names[17] = "\"__rare__\"";
    names[18] = "\"__new__\"";
    names[19] = "__new__";
    DriftReport sample =
        SampleReport.of(
            List.of(
                SampleReport.category("kind", "x"),
                SampleReport.categories("kind", "country=C01", names)),
            1);
    JsonNode kept = details(page(sample), 0).at("/segments/0/categories");
    assertThat(kept.get(0).get(0).asText()).isEqualTo("__new__");
    assertThat(kept.get(0).get(2).asLong()).isEqualTo(6);
    assertThat(kept.get(13).get(0).asText()).isEqualTo("__rare__");
    // 19 by name, of which twelve are kept.
    assertThat(kept.get(13).get(2).asLong()).isEqualTo(7 * 6);
  }

  @Test
  void fiveHundredFeaturesInTwentySegmentsFitIntoSixteenMegabytes() throws Exception {
    assertThat(page(SampleReport.of(500, 20)).length()).isBetween(4_000_000, 16_000_000);
  }

  @Test
  void aFileThatTakesNoMoreIsToldAsSuch() {
    Writer full =
        new Writer() {
          private int left = 100_000;

          @Override
          public void write(char[] buffer, int offset, int length) throws IOException {
            left -= length;
            if (left < 0) {
              throw new IOException("No space left on device");
            }
          }

          @Override
          public void flush() {}

          @Override
          public void close() {}
        };
    DriftReport report = SampleReport.of(50, 3);
    assertThatThrownBy(() -> HtmlReport.write(report, new ReasonInWords(), full))
        .isInstanceOf(IOException.class)
        .hasMessage("No space left on device");
  }
}
