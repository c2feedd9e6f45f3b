package io.plumbline.cli.models;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.cli.rows.AlignedLines;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** How rows look. */
class ModelTableTest {
  private static final Instant NOW = ModelPoints.START.plusSeconds(7500);

  private static final ModelRow CREDIT =
      new ModelRow(
          "credit",
          "v3",
          "champion",
          ModelState.OK,
          4.5,
          1234L,
          0.02,
          "f1",
          Map.of("average", "macro"),
          "1h",
          0.78125,
          0.0004,
          740L,
          0.6,
          ModelPoints.START.plusSeconds(3600),
          ModelPoints.START.plusSeconds(7200),
          false,
          ModelPoints.START.plusSeconds(7205),
          Arrays.asList(0.1, null, 0.8));

  private static final ModelRow UNKNOWN =
      new ModelRow(
          "\u001b[31mred",
          "",
          "champion",
          ModelState.NO_DATA,
          null,
          null,
          null,
          null,
          Map.of(),
          null,
          null,
          null,
          null,
          null,
          null,
          null,
          null,
          null,
          List.of());

  private static List<String> print(ModelTable table, ModelRow... rows) {
    List<List<String>> cells = new ArrayList<>(List.of(table.heads()));
    List.of(rows).forEach(row -> cells.add(table.cells(row, NOW)));
    return new AlignedLines(table.heads().size(), table::isNumber).of(cells);
  }

  @Test
  void aVersionIsOneLine() {
    assertThat(print(new ModelTable(false), CREDIT, UNKNOWN))
        .containsExactly(
            "model     version  role      state    silence   rows  errors  metric              value  coverage  window     age  trend",
            "credit    v3       champion  ok            5s  1,234   2.0 %  f1{average=macro}  0.7813    60.0 %      1h  5m ago  ▁ █",
            "\uFFFD[31mred  -        champion  no data        -      -       -  -                       -         -       -       -");
  }

  @Test
  void aMetricIsToldInFull() {
    assertThat(print(new ModelTable(true), CREDIT))
        .containsExactly(
            "model   version  role      state  metric              value   bound  count  coverage  window     age  final  trend",
            "credit  v3       champion  ok     f1{average=macro}  0.7813  0.0004    740    60.0 %      1h  5m ago  no     ▁ █");
  }

  @Test
  void whatGrowsByItselfIsNoChange() {
    ModelTable table = new ModelTable(false);
    assertThat(table.look(CREDIT)).doesNotContain("5s").hasSize(table.heads().size() - 2);
  }

  @Test
  void jsonHasTheSameFacts() {
    assertThat(CREDIT.json())
        .isEqualTo(
            "{\"model\":\"credit\",\"model_version\":\"v3\",\"role\":\"champion\",\"state\":\"ok\","
                + "\"silence_seconds\":4.5,\"rows\":1234,\"error_ratio\":0.02,\"metric\":\"f1\","
                + "\"labels\":{\"average\":\"macro\"},\"window\":\"1h\",\"value\":0.78125,"
                + "\"bound\":4.0E-4,\"count\":740,\"coverage\":0.6,"
                + "\"window_start\":\"2026-11-26T11:00:00.000Z\","
                + "\"window_end\":\"2026-11-26T12:00:00.000Z\",\"final\":false,"
                + "\"computed_at\":\"2026-11-26T12:00:05.000Z\",\"trend\":[0.1,null,0.8]}");
    assertThat(UNKNOWN.json()).contains("\"state\":\"no data\"", "\"metric\":null", "\"trend\":[]");
  }

  @Test
  void aTrendIsDrawnBetweenItsLeastAndItsGreatest() {
    assertThat(Sparkline.of(List.of(0.0, 1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0))).isEqualTo("▁▂▃▄▅▆▇█");
    assertThat(Sparkline.of(Arrays.asList(-5.0, null, -5.0))).isEqualTo("▄ ▄");
    assertThat(Sparkline.of(List.of(-Double.MAX_VALUE, 0.0, Double.MAX_VALUE))).isEqualTo("▁▅█");
    assertThat(Sparkline.of(List.of())).isEmpty();
  }
}
