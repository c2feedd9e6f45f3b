package io.plumbline.stats.quality;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.stats.Mergeable;
import io.plumbline.stats.moments.DoubleSum;
import io.plumbline.stats.moments.Moments;
import io.plumbline.stats.moments.ProductSum;
import io.plumbline.stats.quantile.LogLinearHistogram;
import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The law of every tally that labels may correct: whatever was added and corrected where, in which
 * order, and how the parts were sent and merged, what is left is bit for bit what the last labels
 * alone give, in all that is written and so in every figure.
 */
class QualityLawTest {
  private static final int SEEDS = 40;

  /** A tally under the law. */
  record Law<S extends Mergeable<S>>(
      Supplier<S> empty, Adder<S> adder, Reader<S> reader, int most) {}

  interface Adder<S> {
    void add(S tally, Prediction prediction, double label, long times);
  }

  interface Reader<S> {
    S read(DataInputStream in) throws IOException;
  }

  /** A prediction and its labels, of which the last counts. */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  record Prediction(double score, double value, double[] labels) {
    double last() {
      return labels[labels.length - 1];
    }

    boolean isPositive() {
      return score >= 0.5;
    }
  }

  /** A label that takes the place of another, or of none. */
  record Step(Prediction prediction, int label) {}

  static Stream<Arguments> laws() {
    return Stream.of(
            Named.of("binary", binary(300)),
            Named.of("binary in bins", binary(4000)),
            Named.of("several classes", classes()),
            Named.of("numbers", numbers()),
            Named.of("paired hits", hits()),
            Named.of("paired losses", losses()),
            Named.of("selection", selection()),
            Named.of("sum", sum()),
            Named.of("products", products()),
            Named.of("moments", moments()),
            Named.of("histogram", histogram()))
        .flatMap(law -> IntStream.range(0, SEEDS).mapToObj(seed -> Arguments.of(law, seed)));
  }

  @ParameterizedTest
  @MethodSource("laws")
  <S extends Mergeable<S>> void theLastLabelsAloneDecide(Law<S> law, int seed) throws IOException {
    Random random = new Random(seed);
    List<Prediction> predictions = predictions(random, random.nextInt(law.most));
    S whole = law.empty.get();
    List<Step> steps = new ArrayList<>();
    for (Prediction prediction : predictions) {
      law.adder.add(whole, prediction, prediction.last(), 1);
      for (int label = 0; label < prediction.labels.length; label++) {
        steps.add(new Step(prediction, label));
      }
    }
    Collections.shuffle(steps, random);

    List<S> parts = new ArrayList<>();
    for (int part = 1 + random.nextInt(8); part > 0; part--) {
      parts.add(law.empty.get());
    }
    for (Step step : steps) {
      S part = parts.get(random.nextInt(parts.size()));
      double[] labels = step.prediction.labels;
      if (step.label > 0) {
        law.adder.add(part, step.prediction, labels[step.label - 1], -1);
      }
      law.adder.add(part, step.prediction, labels[step.label], 1);
    }
    while (parts.size() > 1) {
      S first = parts.remove(random.nextInt(parts.size()));
      int at = random.nextInt(parts.size());
      if (random.nextBoolean()) {
        parts.set(at, read(law, parts.get(at)));
      }
      parts.get(at).merge(random.nextBoolean() ? read(law, first) : first);
    }
    assertThat(parts.get(0).written()).isEqualTo(whole.written());
    assertThat(read(law, whole).written()).isEqualTo(whole.written());
  }

  /** Beyond the contract of binned scores; for every other tally nothing at all is left. */
  @ParameterizedTest
  @MethodSource("laws")
  <S extends Mergeable<S>> void ofWhatIsTakenOutNothingIsLeft(Law<S> law, int seed)
      throws IOException {
    Random random = new Random(seed);
    List<Prediction> predictions = predictions(random, Math.min(law.most, 300));
    S tally = law.empty.get();
    predictions.forEach(prediction -> law.adder.add(tally, prediction, prediction.last(), 1));
    Collections.shuffle(predictions, random);
    S taken = law.empty.get();
    predictions.forEach(prediction -> law.adder.add(taken, prediction, prediction.last(), -1));
    tally.merge(taken);
    assertThat(tally.written()).isEqualTo(law.empty.get().written());
  }

  private static <S extends Mergeable<S>> S read(Law<S> law, S tally) throws IOException {
    return law.reader.read(new DataInputStream(new ByteArrayInputStream(tally.written())));
  }

  private static List<Prediction> predictions(Random random, int number) {
    List<Prediction> predictions = new ArrayList<>();
    for (int i = 0; i < number; i++) {
      double[] labels = new double[random.nextInt(3) == 0 ? 2 + random.nextInt(3) : 1];
      for (int label = 0; label < labels.length; label++) {
        labels[label] = label(random);
      }
      predictions.add(new Prediction(score(random), label(random), labels));
    }
    return predictions;
  }

  /** Crowded at an end, at edges, tied, denormal. */
  private static double score(Random random) {
    return switch (random.nextInt(8)) {
      case 0 -> random.nextInt(2);
      case 1 -> random.nextInt(11) / 10.0;
      case 2 -> random.nextInt(5) * Double.MIN_VALUE;
      case 3 -> 1 - Math.scalb(random.nextDouble(), -random.nextInt(40));
      case 4 -> Math.scalb(random.nextDouble(), -random.nextInt(40));
      case 5 -> -0.0;
      default -> random.nextDouble();
    };
  }

  private static double label(Random random) {
    return switch (random.nextInt(6)) {
      case 0 -> random.nextInt(5) - 2;
      case 1 -> Math.scalb(random.nextDouble() - 0.5, random.nextInt(2000) - 1000);
      case 2 -> random.nextInt(9) * Double.MIN_VALUE;
      default -> random.nextGaussian() * 10;
    };
  }

  private static Law<BinaryQuality> binary(int most) {
    return new Law<>(
        BinaryQuality::new,
        (quality, prediction, label, times) ->
            quality.add(prediction.isPositive(), label > 0, prediction.score, times),
        BinaryQuality::readFrom,
        most);
  }

  private static Law<MulticlassQuality> classes() {
    return new Law<>(
        MulticlassQuality::new,
        (quality, prediction, label, times) -> {
          String truth = "class " + Math.round(label) % 7;
          boolean scored = prediction.value > 0;
          quality.add(
              truth,
              "class " + Math.round(prediction.value) % 7,
              scored ? prediction.score : Double.NaN,
              scored ? 1 - prediction.score : Double.NaN,
              times);
        },
        MulticlassQuality::readFrom,
        300);
  }

  private static Law<RegressionQuality> numbers() {
    return new Law<>(
        RegressionQuality::new,
        (quality, prediction, label, times) -> quality.add(prediction.value, label, times),
        RegressionQuality::readFrom,
        300);
  }

  private static Law<PairedHits> hits() {
    return new Law<>(
        PairedHits::new,
        (hits, prediction, label, times) ->
            hits.add(
                prediction.isPositive() == label > 0, prediction.value > 0 == label > 0, times),
        PairedHits::readFrom,
        300);
  }

  private static Law<PairedLosses> losses() {
    return new Law<>(
        PairedLosses::new,
        (losses, prediction, label, times) ->
            losses.add(
                PairedLosses.absoluteError(prediction.value, label),
                PairedLosses.absoluteError(prediction.score, label),
                times),
        PairedLosses::readFrom,
        300);
  }

  private static Law<SelectionGap> selection() {
    return new Law<>(
        SelectionGap::new,
        (gap, prediction, label, times) -> {
          if (label > 0) {
            gap.addLabelled(prediction.value, times);
          } else {
            gap.addUnlabelled(prediction.value, times);
          }
        },
        SelectionGap::readFrom,
        300);
  }

  private static Law<DoubleSum> sum() {
    return new Law<>(
        DoubleSum::new,
        (sum, prediction, label, times) -> sum.add(label, times),
        DoubleSum::readFrom,
        300);
  }

  private static Law<ProductSum> products() {
    return new Law<>(
        ProductSum::new,
        (sum, prediction, label, times) -> sum.add(prediction.value, label, times),
        ProductSum::readFrom,
        300);
  }

  private static Law<Moments> moments() {
    return new Law<>(
        Moments::ofDoubles,
        (moments, prediction, label, times) -> moments.add(label, times),
        Moments::readFrom,
        300);
  }

  private static Law<LogLinearHistogram> histogram() {
    return new Law<>(
        LogLinearHistogram::new,
        (histogram, prediction, label, times) -> histogram.add((long) (label * 1000), times),
        LogLinearHistogram::readFrom,
        300);
  }
}
