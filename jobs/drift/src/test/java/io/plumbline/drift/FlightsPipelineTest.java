package io.plumbline.drift;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.plumbline.events.DriftResult;
import io.plumbline.events.ProfileSummary;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Real flights of 2001 against values from numpy and scipy; the oracle's head defines each. */
class FlightsPipelineTest {
  private static final double EXACT = 1e-9;
  private static final double P = 1e-6;
  private static final Path FLIGHTS =
      Path.of(System.getProperty("plumbline.root"), "samples", "flights");

  @TempDir Path output;

  @ParameterizedTest
  @CsvSource({
    "reference vs current_february, current_february.parquet",
    "reference vs current_june, current_june.parquet"
  })
  void everyStatisticIsThatOfScipy(String pair, String current) throws Exception {
    JsonNode oracle = oracle().get("pairs").get(pair);
    assertThat(oracle).isNotNull();
    DriftRun run =
        DriftRun.of(
            2,
            "--reference",
            FLIGHTS.resolve("reference.parquet").toString(),
            "--current",
            FLIGHTS.resolve(current).toString(),
            "--output",
            output.toString());
    Map<String, DriftResult> results = run.byFeature();
    assertThat(results).hasSize(oracle.size());
    assertThat(run.leftOut()).extracting("column").containsExactly("departure");
    oracle
        .properties()
        .forEach(feature -> agrees(results.get(feature.getKey()), feature.getValue()));
  }

  private static JsonNode oracle() throws IOException {
    try (var in =
        new GZIPInputStream(
            FlightsPipelineTest.class.getResourceAsStream("flights_monthly.json.gz"))) {
      return new ObjectMapper().readTree(in);
    }
  }

  private static void agrees(DriftResult result, JsonNode oracle) {
    JsonNode drift = oracle.get("drift");
    if (oracle.get("kind").asText().equals("numeric")) {
      near(result, "psi", result.psi(), drift.at("/psi_js/with_atoms/psi"), EXACT);
      near(result, "js", result.jsDistance(), drift.at("/psi_js/with_atoms/js_base2"), EXACT);
      near(result, "ks", result.ksStatistic(), drift.at("/ks/statistic"), EXACT);
      near(result, "ks p", result.ksPValue(), drift.at("/ks/p_asymp"), P);
      near(result, "wasserstein", result.wasserstein(), drift.at("/wasserstein"), EXACT);
      describes(result, result.referenceProfile(), oracle.get("reference"));
      describes(result, result.currentProfile(), oracle.get("current"));
    } else {
      near(result, "psi", result.psi(), drift.at("/psi_grouped"), EXACT);
      near(result, "js", result.jsDistance(), drift.at("/js/base2"), EXACT);
      near(result, "chi2", result.chi2Statistic(), drift.at("/chi2/contingency/statistic"), EXACT);
      near(result, "chi2 p", result.chi2PValue(), drift.at("/chi2/contingency/p"), P);
      near(result, "new", result.newCategoryPValue(), drift.at("/new_category_p_value"), P);
    }
    near(result, "psi p", result.psiPValue(), drift.at("/psi_p_value"), P);
    near(
        result,
        "missing",
        result.missingRatioDifference(),
        oracle.at("/missing/difference"),
        EXACT);
    near(result, "missing p", result.missingPValue(), oracle.at("/missing/p_value"), P);
    assertThat(result.referenceRows()).isEqualTo(oracle.at("/reference/n").asLong());
    assertThat(result.currentRows()).isEqualTo(oracle.at("/current/n").asLong());
    assertThat(result.severity()).isEqualTo(oracle.get("severity_reported").asText());
    assertThat(result.overallSeverity()).isEqualTo(oracle.get("overall_severity").asText());
    assertThat(result.bounds()).isEmpty();
  }

  private static void describes(DriftResult result, ProfileSummary profile, JsonNode oracle) {
    near(result, "mean", profile.mean(), oracle.get("mean"), 1e-15);
    near(result, "stddev", profile.stddev(), oracle.get("std_sample"), EXACT);
    near(result, "min", profile.min(), oracle.get("min"), 0);
    near(result, "max", profile.max(), oracle.get("max"), 0);
    Map.of(
            "0.01", "p1", "0.05", "p5", "0.25", "p25", "0.5", "p50", "0.75", "p75", "0.95", "p95",
            "0.99", "p99")
        .forEach(
            (fraction, percent) ->
                near(
                    result,
                    percent,
                    profile.quantiles().get(fraction),
                    oracle.at("/quantiles/" + percent),
                    EXACT));
  }

  private static void near(
      DriftResult result, String what, Double actual, JsonNode oracle, double relative) {
    assertThat(oracle.isNumber()).as("%s of %s in the oracle", what, result.feature()).isTrue();
    double expected = oracle.asDouble();
    if (expected == 0) {
      assertThat(actual).as("%s of %s", what, result.feature()).isZero();
    } else {
      assertThat(actual / expected - 1)
          .as("%s of %s: %s, not %s", what, result.feature(), actual, expected)
          .isBetween(-relative, relative);
    }
  }
}
