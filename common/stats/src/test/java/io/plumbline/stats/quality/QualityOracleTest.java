package io.plumbline.stats.quality;

import static io.plumbline.stats.Oracle.assertNear;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every figure is that of scikit-learn or scipy; what is undefined there is NaN here. */
class QualityOracleTest {
  /** Their sums are rounded, ours are not. */
  private static final double EXACT = 1e-12;

  private static final double P = 1e-9;

  static Stream<Named<JsonNode>> binary() {
    return Vectors.cases("binary");
  }

  static Stream<Named<JsonNode>> multiclass() {
    return Vectors.cases("multiclass");
  }

  static Stream<Named<JsonNode>> regression() {
    return Vectors.cases("regression");
  }

  static Stream<Named<JsonNode>> regressionWhereOthersCancel() {
    return Vectors.cases("regression_exact");
  }

  static Stream<Named<JsonNode>> spearman() {
    return Vectors.cases("spearman");
  }

  static Stream<Named<JsonNode>> pairedLosses() {
    return Vectors.cases("paired_t");
  }

  /** Within a relative tolerance, but for what is nothing but rounding beside 1. */
  private static void assertFigure(String name, double actual, JsonNode expected) {
    assertThat(actual)
        .as(name)
        .isCloseTo(Vectors.expected(expected), within(EXACT * (1 + Math.abs(expected.asDouble()))));
  }

  @ParameterizedTest
  @MethodSource("binary")
  void binaryModels(JsonNode one) {
    BinaryQuality quality = new BinaryQuality();
    double threshold = one.get("threshold").doubleValue();
    for (int i = 0; i < one.get("truth").size(); i++) {
      double score = one.get("score").get(i).doubleValue();
      quality.add(score >= threshold, one.get("truth").get(i).intValue() == 1, score, 1);
    }
    JsonNode expected = one.get("expected");
    ConfusionCounts confusion = quality.confusion();
    assertThat(confusion.truePositives()).isEqualTo(expected.get("tp").longValue());
    assertThat(confusion.falsePositives()).isEqualTo(expected.get("fp").longValue());
    assertThat(confusion.trueNegatives()).isEqualTo(expected.get("tn").longValue());
    assertThat(confusion.falseNegatives()).isEqualTo(expected.get("fn").longValue());
    assertFigure("accuracy", confusion.accuracy(), expected.get("accuracy"));
    assertFigure("precision", confusion.precision(), expected.get("precision"));
    assertFigure("recall", confusion.recall(), expected.get("recall"));
    assertFigure("f1", confusion.f1(), expected.get("f1"));
    assertFigure("roc_auc", quality.rocAuc().value(), expected.get("roc_auc"));
    assertThat(quality.rocAuc().bound()).isZero();
    assertFigure("pr_auc", quality.prAuc().value(), expected.get("pr_auc"));
    assertThat(quality.prAuc().bound()).isZero();
    assertFigure("log_loss", quality.logLoss(), expected.get("log_loss"));
    assertFigure("brier", quality.brier(), expected.get("brier"));
    assertFigure("ece", quality.expectedCalibrationError(), expected.get("ece"));
  }

  @Test
  void withoutAPredictionNothingIsDefined() {
    BinaryQuality quality = new BinaryQuality();
    assertThat(quality.scored()).isZero();
    assertThat(
            new double[] {
              quality.confusion().accuracy(),
              quality.confusion().precision(),
              quality.confusion().recall(),
              quality.confusion().f1(),
              quality.rocAuc().value(),
              quality.prAuc().value(),
              quality.logLoss(),
              quality.brier(),
              quality.expectedCalibrationError(),
              new MulticlassQuality().classes().accuracy(),
              new MulticlassQuality().classes().macroF1(),
              new MulticlassQuality().classes().weightedF1(),
              new MulticlassQuality().logLoss(),
              new MulticlassQuality().expectedCalibrationError(),
              new RegressionQuality().meanAbsoluteError(),
              new RegressionQuality().rootMeanSquaredError(),
              new RegressionQuality().bias(),
              new RegressionQuality().meanAbsoluteRatio(),
              new RegressionQuality().rSquared(),
              new PairedHits().pValue(),
              new PairedLosses().pValue(),
              new PairedLosses().meanDifference(),
              new SelectionGap().gap(),
              new ShadowAgreement().disagreementRatio(),
              new ShadowAgreement().meanAbsoluteDifference(),
              new ShadowAgreement().rankCorrelation().value(),
              new PredictionHealth().errorRatio(),
              new PredictionHealth().notFiniteRatio(),
              new PredictionHealth().meanConfidence(),
            })
        .containsOnly(Double.NaN);
  }

  @Test
  void aPredictionWithoutAScoreCountsByItsClassAlone() {
    BinaryQuality quality = new BinaryQuality();
    quality.add(true, true, Double.NaN, 1);
    quality.add(true, false, 0.25, 1);
    assertThat(quality.confusion().count()).isEqualTo(2);
    assertThat(quality.confusion().precision()).isEqualTo(0.5);
    assertThat(quality.scored()).isEqualTo(1);
    assertThat(quality.brier()).isEqualTo(0.0625);
  }

  @Test
  void aScoreThatIsNoProbabilityIsRefusedAndChangesNothing() {
    BinaryQuality quality = new BinaryQuality();
    for (double score :
        new double[] {-Double.MIN_VALUE, 1.0000000000000002, Double.POSITIVE_INFINITY}) {
      assertThatThrownBy(() -> quality.add(true, true, score, 1))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining(String.valueOf(score));
    }
    MulticlassQuality classes = new MulticlassQuality();
    assertThatThrownBy(() -> classes.add("a", "b", 0.5, Double.NaN, 1))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(quality.confusion().count() + classes.classes().count()).isZero();
  }

  @ParameterizedTest
  @MethodSource("multiclass")
  void modelsOfSeveralClasses(JsonNode one) {
    MulticlassQuality quality = new MulticlassQuality();
    for (int i = 0; i < one.get("truth").size(); i++) {
      quality.add(
          one.get("truth").get(i).textValue(),
          one.get("predicted").get(i).textValue(),
          one.get("of_truth").get(i).doubleValue(),
          one.get("of_predicted").get(i).doubleValue(),
          1);
    }
    JsonNode expected = one.get("expected");
    assertFigure("accuracy", quality.classes().accuracy(), expected.get("accuracy"));
    assertFigure("f1, macro", quality.classes().macroF1(), expected.get("f1_macro"));
    assertFigure("f1, weighted", quality.classes().weightedF1(), expected.get("f1_weighted"));
    assertFigure("log_loss", quality.logLoss(), expected.get("log_loss"));
    assertFigure("ece", quality.expectedCalibrationError(), expected.get("ece"));
  }

  private static RegressionQuality filled(JsonNode one) {
    RegressionQuality quality = new RegressionQuality();
    for (int i = 0; i < one.get("truth").size(); i++) {
      quality.add(one.get("value").get(i).doubleValue(), one.get("truth").get(i).doubleValue(), 1);
    }
    return quality;
  }

  /** Boxed, so that NaN equals NaN. */
  private static void assertRounded(JsonNode exact, RegressionQuality quality) {
    assertThat(quality.meanAbsoluteError()).isEqualTo((Double) Vectors.expected(exact.get("mae")));
    assertThat(quality.bias()).isEqualTo((Double) Vectors.expected(exact.get("bias")));
    assertThat(quality.rSquared()).isEqualTo((Double) Vectors.expected(exact.get("r2")));
    // Each ratio is rounded before it is added.
    assertFigure("mape", quality.meanAbsoluteRatio(), exact.get("mape"));
  }

  @ParameterizedTest
  @MethodSource("regression")
  void modelsOfNumbers(JsonNode one) {
    RegressionQuality quality = filled(one);
    assertRounded(one.get("exact"), quality);
    JsonNode expected = one.get("expected");
    assertFigure("mae", quality.meanAbsoluteError(), expected.get("mae"));
    assertFigure("rmse", quality.rootMeanSquaredError(), expected.get("rmse"));
    assertFigure("mape", quality.meanAbsoluteRatio(), expected.get("mape"));
    assertFigure("r2", quality.rSquared(), expected.get("r2"));
    assertFigure("bias", quality.bias(), expected.get("bias"));
  }

  @ParameterizedTest
  @MethodSource("regressionWhereOthersCancel")
  void numbersOfAnySizeAreAsGood(JsonNode one) {
    assertRounded(one.get("exact"), filled(one));
  }

  @Test
  void whatIsBeyondTheRangeOfDoublesIsInfiniteUntilItIsTakenOut() {
    RegressionQuality quality = new RegressionQuality();
    quality.add(3, 2, 1);
    quality.add(1, Double.MIN_VALUE, 1);
    quality.add(Double.MAX_VALUE, -Double.MAX_VALUE, 1);
    assertThat(quality.meanAbsoluteRatio()).isInfinite();
    assertThat(quality.meanAbsoluteError()).isEqualTo(Double.MAX_VALUE / 3 * 2);
    quality.add(1, Double.MIN_VALUE, -1);
    quality.add(Double.MAX_VALUE, -Double.MAX_VALUE, -1);
    assertThat(quality.meanAbsoluteRatio()).isEqualTo(0.5);
    assertThat(quality.rootMeanSquaredError()).isEqualTo(1);
  }

  @ParameterizedTest
  @MethodSource("spearman")
  void rankCorrelation(JsonNode one) {
    double[] x = Vectors.numbers(one.get("x"));
    double[] y = Vectors.numbers(one.get("y"));
    assertFigure("rho", RankCorrelation.spearman(x, y), one.get("rho"));
  }

  @Test
  void mcNemar() {
    Vectors.read("quality.json.gz")
        .get("mcnemar")
        .forEach(
            row -> {
              PairedHits hits = new PairedHits();
              hits.add(true, false, row.get(0).longValue());
              hits.add(false, true, row.get(1).longValue());
              hits.add(true, true, 3);
              hits.add(false, false, 2);
              assertThat(hits.count() - hits.onlyChampion() - hits.onlyShadow()).isEqualTo(5);
              assertNear("p of " + row, hits.pValue(), row.get(2).doubleValue(), P);
            });
  }

  @ParameterizedTest
  @MethodSource("pairedLosses")
  void pairedT(JsonNode one) {
    PairedLosses losses = new PairedLosses();
    for (int i = 0; i < one.get("champion").size(); i++) {
      losses.add(
          one.get("champion").get(i).doubleValue(), one.get("shadow").get(i).doubleValue(), 1);
    }
    assertFigure("mean", losses.meanDifference(), one.get("mean"));
    double p = Vectors.expected(one.get("p"));
    if (Double.isNaN(p)) {
      assertThat(losses.pValue()).isNaN();
    } else {
      assertNear("p", losses.pValue(), p, P);
    }
  }

  @Test
  void lossesThatAllDifferByTheSameAreNoAccident() {
    PairedLosses losses = new PairedLosses();
    losses.add(1, 2, 1);
    losses.add(4, 5, 1);
    assertThat(losses.pValue()).isZero();
  }
}
