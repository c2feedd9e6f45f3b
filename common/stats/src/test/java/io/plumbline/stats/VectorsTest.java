package io.plumbline.stats;

import static io.plumbline.stats.Oracle.assertNear;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.plumbline.stats.category.CategoryCounts;
import io.plumbline.stats.category.CategoryTable;
import io.plumbline.stats.drift.ChiSquared;
import io.plumbline.stats.drift.JensenShannon;
import io.plumbline.stats.drift.KolmogorovSmirnov;
import io.plumbline.stats.drift.MaximumMeanDiscrepancy;
import io.plumbline.stats.drift.NewCategories;
import io.plumbline.stats.drift.NoiseGuard;
import io.plumbline.stats.drift.PopulationStabilityIndex;
import io.plumbline.stats.drift.TwoProportions;
import io.plumbline.stats.numeric.BinnedComparison;
import io.plumbline.stats.numeric.Bins;
import io.plumbline.stats.numeric.Distribution;
import io.plumbline.stats.numeric.NumericDomain;
import io.plumbline.stats.numeric.NumericSummary;
import io.plumbline.stats.numeric.TwoSampleWalk;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Small vectors with all statistics from numpy and scipy; the file's head defines each value. */
class VectorsTest {
  private static final double EXACT = 1e-9;
  private static final double P = 1e-6;

  static Stream<Named<JsonNode>> vectors(String kind) throws IOException {
    try (var in = new GZIPInputStream(VectorsTest.class.getResourceAsStream("vectors.json.gz"))) {
      JsonNode all = new ObjectMapper().readTree(in).get("vectors");
      return StreamSupport.stream(all.spliterator(), false)
          .filter(v -> v.get("oracle").path("kind").asText("mmd").equals(kind))
          .map(v -> Named.of(v.get("name").asText(), v))
          .toList()
          .stream();
    }
  }

  static Stream<Named<JsonNode>> numeric() throws IOException {
    return vectors("numeric");
  }

  static Stream<Named<JsonNode>> categorical() throws IOException {
    return vectors("categorical");
  }

  static Stream<Named<JsonNode>> mmd() throws IOException {
    return vectors("mmd");
  }

  @ParameterizedTest
  @MethodSource("numeric")
  void numericFeaturesAgree(JsonNode vector) {
    JsonNode oracle = vector.get("oracle");
    NumericSummary reference = numbers(vector.get("reference"));
    NumericSummary current = numbers(vector.get("current"));
    describes("reference", reference, oracle.get("reference"));
    describes("current", current, oracle.get("current"));
    JsonNode drift = oracle.get("drift");
    if (drift.get("ks").has("undefined")) {
      assertThat(Math.min(reference.usable(), current.usable())).isZero();
      return;
    }
    Distribution r = reference.distribution();
    Distribution c = current.distribution();
    TwoSampleWalk walk = TwoSampleWalk.of(r, c);
    assertNear("ks", walk.ksStatistic(), number(drift, "/ks/statistic"), EXACT);
    assertNear(
        "ks p",
        KolmogorovSmirnov.pValue(walk.ksStatistic(), r.count(), c.count()),
        number(drift, "/ks/p_exact"),
        P);
    assertNear(
        "ks p_asymp",
        KolmogorovSmirnov.asymptoticPValue(walk.ksStatistic(), r.count(), c.count()),
        number(drift, "/ks/p_asymp"),
        P);
    assertNear("wasserstein", walk.wasserstein(), number(drift, "/wasserstein"), EXACT);
    BinnedComparison bins = BinnedComparison.of(Bins.of(r, 10), r, c);
    assertNear("psi", bins.psi(), number(drift, "/psi_js/with_atoms/psi"), EXACT);
    assertNear("js", bins.jsDistance(), number(drift, "/psi_js/with_atoms/js_base2"), EXACT);
    assertNear("psi p", bins.psiPValue(), number(drift, "/psi_p_value"), P);
    assertThat(bins.psiBound()).isZero();
    missingAgrees(
        oracle,
        reference.rows() - reference.usable(),
        reference.rows(),
        current.rows() - current.usable(),
        current.rows());
  }

  private static void missingAgrees(JsonNode oracle, long a, long n, long b, long m) {
    if (oracle.has("missing")) {
      assertNear(
          "missing p", TwoProportions.pValue(a, n, b, m), number(oracle, "/missing/p_value"), P);
    }
  }

  private static void describes(String side, NumericSummary summary, JsonNode oracle) {
    assertThat(summary.rows()).as(side + " rows").isEqualTo(oracle.get("n").asLong());
    assertThat(summary.nulls()).as(side + " nulls").isEqualTo(oracle.get("nulls").asLong());
    assertThat(summary.nans()).as(side + " nan").isEqualTo(oracle.get("nan").asLong());
    assertThat(summary.infinities())
        .isEqualTo(oracle.get("pos_inf").asLong() + oracle.get("neg_inf").asLong());
    assertThat(summary.usable()).isEqualTo(oracle.get("finite").asLong());
    if (summary.usable() == 0) {
      assertThat(summary.moments().mean()).isNaN();
      return;
    }
    assertNear(side + " mean", summary.moments().mean(), number(oracle, "/mean"), 1e-15);
    assertNear(
        side + " stddev",
        summary.moments().sampleStandardDeviation(),
        number(oracle, "/std_sample"),
        EXACT);
    Distribution values = summary.distribution();
    assertThat(values.min()).isEqualTo(number(oracle, "/min"));
    assertThat(values.max()).isEqualTo(number(oracle, "/max"));
    oracle
        .get("quantiles")
        .properties()
        .forEach(
            q ->
                assertNear(
                    side + " " + q.getKey(),
                    values.quantile(Integer.parseInt(q.getKey().substring(1)), 100),
                    number(q.getValue(), ""),
                    EXACT));
  }

  @ParameterizedTest
  @MethodSource("categorical")
  void categoricalFeaturesAgree(JsonNode vector) {
    JsonNode oracle = vector.get("oracle");
    CategoryCounts reference = categories(vector.get("reference"));
    CategoryCounts current = categories(vector.get("current"));
    assertThat(reference.rows()).isEqualTo(oracle.at("/reference/n").asLong());
    assertThat(reference.distinct()).isEqualTo(oracle.at("/reference/distinct").asInt());
    assertThat(current.nulls()).isEqualTo(oracle.at("/current/nulls").asLong());
    CategoryTable table = CategoryTable.of(reference, current);
    JsonNode drift = oracle.get("drift");
    CategoryTable.Grouped grouped = table.grouped();
    assertNear(
        "psi",
        PopulationStabilityIndex.of(grouped.reference(), grouped.current()),
        number(drift, "/psi_grouped"),
        EXACT);
    assertNear(
        "js",
        JensenShannon.distance(table.reference(), table.current()),
        number(drift, "/js/base2"),
        EXACT);
    ChiSquared.Result chi2 = ChiSquared.homogeneity(table.reference(), table.current());
    if (drift.at("/chi2").has("undefined")) {
      assertThat(table.size()).isEqualTo(1);
      assertThat(chi2.pValue()).isEqualTo(1);
    } else {
      assertNear("chi2", chi2.statistic(), number(drift, "/chi2/contingency/statistic"), EXACT);
      assertNear("chi2 p", chi2.pValue(), number(drift, "/chi2/contingency/p"), P);
      ChiSquared.Result fit =
          ChiSquared.goodnessOfFit(table.reference(), table.current()).orElseThrow();
      assertNear("gof", fit.statistic(), number(drift, "/chi2/gof_known/statistic"), EXACT);
      assertNear("gof p", fit.pValue(), number(drift, "/chi2/gof_known/p"), P);
    }
    if (drift.has("psi_p_value")) {
      assertNear(
          "psi p",
          NoiseGuard.categoricalPValue(table.reference(), table.current()),
          number(drift, "/psi_p_value"),
          P);
      assertNear(
          "new category p",
          NewCategories.pValue(table.reference(), table.current()),
          number(drift, "/new_category_p_value"),
          P);
    }
    missingAgrees(oracle, reference.nulls(), reference.rows(), current.nulls(), current.rows());
  }

  @ParameterizedTest
  @MethodSource("mmd")
  void maximumMeanDiscrepancyAgrees(JsonNode vector) {
    JsonNode oracle = vector.at("/oracle/raw");
    MaximumMeanDiscrepancy.Result result =
        MaximumMeanDiscrepancy.test(rows(vector.get("reference")), rows(vector.get("current")), 1);
    assertNear(
        "mmd2", result.mmd2(), number(oracle, "/gamma_1_over_2_median_sq/mmd2_unbiased"), EXACT);
    double p = number(oracle, "/permutation_p/p");
    double error = 4 * Math.sqrt(p * (1 - p) / 1000) + 1.0 / 1000;
    assertThat(result.pValue()).isBetween(p - 2 * error, p + 2 * error);
  }

  private static double[][] rows(JsonNode rows) {
    double[][] values = new double[rows.size()][];
    for (int i = 0; i < values.length; i++) {
      values[i] =
          StreamSupport.stream(rows.get(i).spliterator(), false)
              .mapToDouble(JsonNode::asDouble)
              .toArray();
    }
    return values;
  }

  private static double number(JsonNode node, String pointer) {
    JsonNode value = node.at(pointer);
    assertThat(value.isMissingNode()).as("%s in %s", pointer, node).isFalse();
    return value.isTextual() ? Double.parseDouble(value.asText()) : value.asDouble();
  }

  private static NumericSummary numbers(JsonNode cells) {
    NumericSummary summary = new NumericSummary(NumericDomain.doubles(), 1 << 20);
    for (JsonNode cell : cells) {
      if (cell.isNull()) {
        summary.addNulls(1);
      } else {
        summary.addDouble(number(cell, ""));
      }
    }
    return summary;
  }

  private static CategoryCounts categories(JsonNode cells) {
    CategoryCounts counts = new CategoryCounts();
    for (JsonNode cell : cells) {
      if (cell.isNull()) {
        counts.addNulls(1);
      } else {
        counts.add(cell.asText().getBytes(StandardCharsets.UTF_8), 1);
      }
    }
    return counts;
  }
}
