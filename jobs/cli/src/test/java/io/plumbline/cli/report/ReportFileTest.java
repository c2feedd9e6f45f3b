package io.plumbline.cli.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.plumbline.cli.DriftReport;
import io.plumbline.drift.plan.DriftPlan;
import io.plumbline.runtime.input.BadInput;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Where the report goes, and that it is there whole or not at all. */
class ReportFileTest {
  @TempDir Path folder;
  private DriftReport report;

  @BeforeEach
  void aRun() {
    report = SampleReport.of(2, 0);
  }

  private DriftPlan plan(String model, String version, String reference) {
    return SampleReport.plan(model, version, reference, folder + "/tables", 0);
  }

  @Test
  void standsBesideTheTablesUnlessNamed() {
    assertThat(ReportFile.of(null, plan("credit", "v3", "v2")))
        .hasToString(folder + "/tables/reports/drift-2026-11-23,credit,v3,v2.html");
    assertThat(ReportFile.of(null, plan("a/../b, c", "", "day.parquet")))
        .hasToString(
            folder + "/tables/reports/drift-2026-11-23,a%2F..%2Fb%2C%20c,day.parquet.html");
    assertThat(ReportFile.of("s.html", plan("credit", "v3", "v2"))).hasToString("s.html");
  }

  @Test
  void longNamesAreCutAndStayApart() {
    String one = ReportFile.of(null, plan("ü".repeat(300), "1", "r")).toString();
    String other = ReportFile.of(null, plan("ü".repeat(300), "2", "r")).toString();
    assertThat(Path.of(one).getFileName().toString()).hasSizeLessThan(200);
    assertThat(one).isNotEqualTo(other);
  }

  @Test
  void makesFoldersReplacesAnEarlierReportAndLeavesNothingBeside() throws Exception {
    Path file = folder.resolve("a b/c%41/day.html");
    ReportFile page = ReportFile.of(file.toString(), report.plan());
    assertThat(folder.resolve("a b")).doesNotExist();
    page.write(report, new ReasonInWords());
    Files.writeString(file, "an earlier report");
    page.write(report, new ReasonInWords());
    assertThat(file).content().startsWith("<!DOCTYPE html>").endsWith("</html>\n");
    assertThat(file.getParent().toFile().list()).containsExactly("day.html");
  }

  @Test
  void aFailureOnTheWayLeavesTheEarlierReport() throws Exception {
    Path file = Files.writeString(folder.resolve("day.html"), "an earlier report");
    ReportFile page = ReportFile.of(file.toString(), report.plan());
    assertThatThrownBy(
            () ->
                page.write(
                    report,
                    (whole, segments) -> {
                      throw new IllegalStateException("no words");
                    }))
        .hasMessage("no words");
    assertThat(file).hasContent("an earlier report");
    assertThat(folder.toFile().list()).containsExactly("day.html");
  }

  @Test
  void whereNoFileCanBeIsToldAtOnce() throws Exception {
    Path file = Files.writeString(folder.resolve("file"), "");
    refused(folder.toString(), "it is a directory");
    refused(file + "/day.html", file + " is a file; expected a folder");
    refused(file + "/deeper/day.html", file + " is a file; expected a folder");
    refused("nowhere://bucket/day.html", "nowhere");
    refused("", "");
  }

  private void refused(String file, String reason) {
    assertThatThrownBy(() -> ReportFile.of(file, report.plan()))
        .isInstanceOf(BadInput.class)
        .hasMessageStartingWith("--report: " + file + ": cannot be written: ")
        .hasMessageContaining(reason);
  }
}
