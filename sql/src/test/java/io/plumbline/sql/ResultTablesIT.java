package io.plumbline.sql;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.events.Action;
import io.plumbline.events.Alert;
import io.plumbline.events.ControlMessage;
import io.plumbline.events.FeatureCheck;
import io.plumbline.events.Incident;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.apache.flink.types.Row;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The tables that archive alone writes: their latest states, read by Flink SQL. */
class ResultTablesIT {
  private static final Instant BEFORE = Instant.parse("2026-11-23T23:59:59.999Z");
  private static final Instant NOW = Instant.parse("2026-11-24T00:00:00.001Z");
  private static final Instant EDITED = Instant.parse("2026-11-24T09:00:00Z");

  @TempDir static Path tables;
  private static MetricTables flink;

  @BeforeAll
  static void twoStatesOfEach() throws Exception {
    write(
        "feature_health",
        "feature-health",
        FeatureCheck.class,
        check(false, BEFORE),
        check(true, NOW));
    // Two states of the check after an edit of the file.
    MetricTables.write(
        tables,
        "feature_health",
        "feature-health",
        FeatureCheck.class,
        EDITED,
        "part-2",
        List.of(edited(EDITED), edited(EDITED.plusSeconds(10))));
    // The version was changed before late values came.
    write(
        "feature_health",
        "feature-health",
        FeatureCheck.class,
        "-of-versions",
        check("rent", "1.0", false, List.of("null rate 0.2, threshold 0.1"), BEFORE),
        check("rent", "1.1", true, List.of(), NOW));
    write(
        "feature_health",
        "feature-health",
        FeatureCheck.class,
        "-withdrawn",
        check("gone", "1.0", false, List.of("stale: 2h13m, SLA 1h"), BEFORE),
        FeatureCheck.withdrawn("gone", BEFORE, NOW, NOW));
    write("alerts", "drift", Alert.class, alert("firing", BEFORE), alert("resolved", NOW));
    write(
        "incidents", "alerts", Incident.class, incident("open", BEFORE), incident("resolved", NOW));
    write("actions", "alerts", Action.class, action(1, BEFORE), action(2, NOW));
    write(
        "control",
        "control",
        ControlMessage.class,
        new ControlMessage("feature", "income", "{\"version\":\"1.0\"}", "ann", BEFORE),
        new ControlMessage("feature", "income", "{\"version\":\"1.1\"}", "bob", NOW));
    // As a reader sees it while the day is compacted.
    MetricTables.write(
        tables,
        "control",
        "control",
        ControlMessage.class,
        NOW,
        "compacted-1",
        List.of(new ControlMessage("feature", "income", "{\"version\":\"1.1\"}", "bob", NOW)));
    flink = MetricTables.in(tables);
  }

  private static <R extends Record> void write(
      String table, String job, Class<R> type, R before, R now) throws Exception {
    write(table, job, type, "", before, now);
  }

  private static <R extends Record> void write(
      String table, String job, Class<R> type, String suffix, R before, R now) throws Exception {
    MetricTables.write(tables, table, job, type, BEFORE, "part-0" + suffix, List.of(before));
    MetricTables.write(tables, table, job, type, NOW, "part-1" + suffix, List.of(now));
  }

  private static FeatureCheck check(boolean healthy, Instant at) {
    return check("income", healthy, healthy ? List.of() : List.of("stale: 2h13m, SLA 1h"), at);
  }

  private static FeatureCheck edited(Instant at) {
    return check(
        "debt",
        false,
        List.of(
            "computation changed in the file: \"\\\"a\\\" to b\" to \"c\"", "stale: 2h13m, SLA 1h"),
        at);
  }

  private static FeatureCheck check(
      String feature, boolean healthy, List<String> issues, Instant at) {
    return check(feature, null, healthy, issues, at);
  }

  private static FeatureCheck check(
      String feature, String version, boolean healthy, List<String> issues, Instant at) {
    return new FeatureCheck(
        feature, version, null, null, "", BEFORE, NOW, 60.0, 0.01, null, null, 3, null, healthy,
        issues, false, at);
  }

  private static Alert alert(String state, Instant at) {
    return new Alert(
        "a1",
        "income-psi",
        state,
        "P2",
        "psi{}",
        "psi",
        "drift",
        "credit",
        "v3",
        "income",
        "",
        "1h",
        Map.of("reference", "v3"),
        "data",
        0.3,
        0.25,
        null,
        null,
        null,
        null,
        "title",
        "reason",
        List.of("credit"),
        null,
        BEFORE,
        at);
  }

  private static Incident incident(String state, Instant at) {
    return new Incident(
        "i1",
        state,
        "upstream_outage",
        "P1",
        "title",
        new Incident.RootCause("source", "transactions_db", "three features are stale"),
        List.of("income"),
        List.of("credit"),
        List.of("data"),
        List.of("a1"),
        null,
        BEFORE,
        null,
        null,
        null,
        null,
        at);
  }

  private static Action action(long tried, Instant at) {
    return new Action("x1", "i1", "notify", "P1", "slack-p1", tried, "sent", at);
  }

  @Test
  void theLatestStateOfEachCounts() throws Exception {
    assertThat(
            flink.query(
                "SELECT feature, is_healthy, issues FROM feature_health_latest WHERE feature = 'income'"))
        .containsExactly(Row.of("income", true, new String[0]));
    assertThat(flink.query("SELECT alert_id, state, labels, job FROM alerts_latest"))
        .containsExactly(Row.of("a1", "resolved", Map.of("reference", "v3"), "drift"));
    assertThat(
            flink.query("SELECT state, root_cause.node, affected_features FROM incidents_latest"))
        .containsExactly(Row.of("resolved", "transactions_db", new String[] {"income"}));
    assertThat(flink.query("SELECT tried, computed_at FROM actions_latest"))
        .containsExactly(Row.of(2L, NOW));
    assertThat(flink.query("SELECT name, spec, author FROM control_latest"))
        .containsExactly(Row.of("income", "{\"version\":\"1.1\"}", "bob"));
  }

  @Test
  void aCheckThatIsCorrectedUnderAnotherVersionOfTheFeatureIsOneRow() throws Exception {
    assertThat(
            flink.query(
                "SELECT feature_version, is_healthy FROM feature_health_latest WHERE feature = 'rent'"))
        .containsExactly(Row.of("1.1", true));
  }

  @Test
  void aCheckThatWasWithdrawnIsNoRow() throws Exception {
    assertThat(flink.query("SELECT feature FROM feature_health_latest ORDER BY feature"))
        .containsExactly(Row.of("debt"), Row.of("income"), Row.of("rent"));
    assertThat(flink.query("SELECT withdrawn FROM feature_health WHERE feature = 'gone'"))
        .hasSize(2);
  }

  @Test
  void aChangeOfAFeatureSaysFromWhatAndToWhat() throws Exception {
    assertThat(flink.query("SELECT author, `from`, `to` FROM feature_changes ORDER BY `at`"))
        .containsExactly(
            Row.of("ann", null, "{\"version\":\"1.0\"}"),
            Row.of("bob", "{\"version\":\"1.0\"}", "{\"version\":\"1.1\"}"),
            Row.of(null, "{\"computation\":\"\\\"a\\\" to b\"}", "{\"computation\":\"c\"}"));
  }

  @Test
  void recordParquetAndDdlAreOne() throws Exception {
    DdlContract.declares(flink, "feature_health", check(true, NOW));
    DdlContract.declares(flink, "alerts", alert("firing", NOW));
    DdlContract.declares(flink, "incidents", incident("open", NOW));
    DdlContract.declares(flink, "actions", action(1, NOW));
    DdlContract.declares(
        flink, "control", new ControlMessage("feature", "income", "{}", "ann", NOW));
  }
}
