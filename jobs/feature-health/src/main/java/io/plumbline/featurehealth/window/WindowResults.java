package io.plumbline.featurehealth.window;

import io.plumbline.events.FeatureCheck;
import io.plumbline.events.MetricPoint;
import io.plumbline.featurehealth.tally.FeatureBlock;
import io.plumbline.featurehealth.tally.FeatureTally;
import io.plumbline.runtime.expectation.Expectation;
import io.plumbline.runtime.expectation.FeatureCounts;
import io.plumbline.runtime.expectation.Issues;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** The points and the check of a feature in a window. */
public final class WindowResults {
  private final long minRows;

  /**
   * What is known of a feature beside the values of the window.
   *
   * @param freshnessSeconds null: not known, or not asked
   * @param issues beside those of the values
   */
  public record Beside(Double freshnessSeconds, List<String> issues) {
    public static final Beside NOTHING = new Beside(null, List.of());
  }

  /**
   * @param minRows below which values are not judged
   */
  public WindowResults(long minRows) {
    this.minRows = minRows;
  }

  /** The points of the whole block. */
  public void points(
      FeatureBlock block, boolean isFinal, Instant computedAt, Consumer<MetricPoint> out) {
    WindowPoints points =
        new WindowPoints(
            block.model(),
            block.modelVersion(),
            block.segment(),
            block.window(),
            isFinal,
            computedAt,
            out);
    block.features().forEach((name, entry) -> points.of(name, entry.expected(), entry.tally()));
  }

  /** The check of one feature of a block, and whether it is healthy as a point. */
  public FeatureCheck check(
      FeatureBlock block,
      String feature,
      Pooled judged,
      Beside beside,
      boolean isFinal,
      Instant computedAt,
      Consumer<MetricPoint> out) {
    FeatureBlock.Entry entry = block.features().get(feature);
    Expectation expected = entry.expected();
    FeatureTally tally = entry.tally();
    FeatureCounts counts = tally.counts().all();
    long judgedRows = judged.counts().all().rows();
    List<String> issues = new ArrayList<>(beside.issues());
    issues.addAll(Issues.ofIdentity(expected, tally.versions()));
    if (judged.enough()) {
      issues.addAll(Issues.ofValues(judged.counts(), expected));
    }
    boolean healthy = issues.isEmpty();
    WindowPoints points =
        new WindowPoints(
            block.model(),
            block.modelVersion(),
            block.segment(),
            block.window(),
            isFinal,
            computedAt,
            out);
    if (judged.enough() || !healthy) {
      points.point("feature_healthy", feature, healthy ? 1 : 0, judgedRows);
    } else {
      // It may have been judged before late events made other pools of the hour's windows.
      points.withdraw("feature_healthy", feature);
    }
    if (!judged.enough()) {
      issues.add(
          "insufficient: %s rows since %s, min_rows %s"
              .formatted(judgedRows, Instant.ofEpochMilli(judged.from()), minRows));
    }
    return new FeatureCheck(
        feature,
        version(expected, tally),
        named(block.model()),
        named(block.modelVersion()),
        block.segment(),
        block.window().startTime(),
        block.window().endTime(),
        beside.freshnessSeconds(),
        counts.rows() == 0 ? null : (double) counts.missing() / counts.rows(),
        counts.numbers() == 0 ? null : tally.min(),
        counts.numbers() == 0 ? null : tally.max(),
        counts.rows(),
        judged.from() == block.window().start() ? null : Instant.ofEpochMilli(judged.from()),
        healthy,
        issues,
        false,
        computedAt);
  }

  private static String named(String text) {
    return text.isEmpty() ? null : text;
  }

  /** The registry's, else the one that the values name. */
  private static String version(Expectation expected, FeatureTally tally) {
    if (expected.version() != null) {
      return expected.version();
    }
    return tally.versions().size() == 1 ? tally.versions().first() : null;
  }
}
