package io.plumbline.drift.table;

import io.plumbline.drift.plan.DriftPlan;
import io.plumbline.events.DriftResult;
import io.plumbline.events.MetricPoint;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.apache.flink.core.fs.Path;
import org.apache.parquet.example.data.Group;

/**
 * What a run takes back of an earlier one: of the features and segments that it covers, all that it
 * has not itself.
 *
 * <p>Runs that name no model may be of different ones, and the last part of a path says little:
 * such a run takes back only what was compared with the very same reference.
 */
final class Withdrawals {
  private final DriftPlan plan;
  private final EarlierStates earlierResults;
  private final Instant windowStart;
  private final Instant computedAt;

  /** Feature and segment of results against another reference of the same name. */
  private final Set<List<String>> others = new HashSet<>();

  /** How many results there are against any other reference. */
  private int otherResults;

  private final Set<String> otherReferences = new TreeSet<>();

  Withdrawals(DriftPlan plan, EarlierStates earlierResults, Instant computedAt) {
    this.plan = plan;
    this.earlierResults = earlierResults;
    this.computedAt = computedAt;
    windowStart = plan.date().atStartOfDay(ZoneOffset.UTC).toInstant();
    if (!plan.namesModel()) {
      earlierResults.latest().values().forEach(this::findOther);
    }
  }

  private void findOther(Group row) {
    String uri = EarlierRow.text(row, "reference_uri");
    if (!row.getBoolean("withdrawn", 0) && !isSamePlace(uri, plan.reference().uri())) {
      otherResults++;
      otherReferences.add(uri);
      if (isOfThisName(row)) {
        others.add(place(row));
      }
    }
  }

  /**
   * However both are written: with a separator at the end, from the working directory, as a URI.
   */
  private static boolean isSamePlace(String one, String other) {
    return one.equals(other) || place(one).equals(place(other));
  }

  private static String place(String uri) {
    Path path = new Path(uri);
    String scheme = path.toUri().getScheme();
    return scheme == null || scheme.equals("file")
        ? java.nio.file.Path.of(path.getPath()).toAbsolutePath().normalize().toString()
        : path.toString();
  }

  private boolean isOfThisName(Group row) {
    return EarlierRow.reference(row).equals(plan.referenceName());
  }

  private static List<String> place(Group row) {
    return List.of(EarlierRow.text(row, "feature"), EarlierRow.text(row, "segment"));
  }

  private boolean takesBack(Group row) {
    List<String> place = place(row);
    String feature = place.get(0);
    boolean ofOther = feature.isEmpty() ? !others.isEmpty() : others.contains(place);
    return !ofOther && plan.covers(feature, place.get(1));
  }

  /**
   * The results that are withdrawn.
   *
   * @param results that the run has
   */
  List<DriftResult> results(List<DriftResult> results) {
    Set<String> present = results.stream().map(DriftResult::series).collect(Collectors.toSet());
    List<DriftResult> withdrawn = new ArrayList<>();
    earlierResults
        .latest()
        .forEach(
            (series, row) -> {
              boolean gone = !present.contains(series) && !row.getBoolean("withdrawn", 0);
              if (gone && isOfThisName(row) && takesBack(row)) {
                withdrawn.add(withdrawn(series, row));
              }
            });
    return withdrawn;
  }

  private DriftResult withdrawn(String series, Group row) {
    return DriftResult.identity(
            series,
            EarlierRow.text(row, "feature"),
            EarlierRow.text(row, "segment"),
            windowStart,
            windowStart.plus(1, ChronoUnit.DAYS),
            DriftPlan.JOB,
            plan.model(),
            plan.modelVersion(),
            plan.referenceName())
        .withdraw(computedAt);
  }

  /**
   * The points that are withdrawn.
   *
   * @param points that the run has
   */
  List<MetricPoint> points(EarlierStates earlier, List<MetricPoint> points) {
    Set<String> present = points.stream().map(MetricPoint::series).collect(Collectors.toSet());
    List<MetricPoint> withdrawn = new ArrayList<>();
    earlier
        .latest()
        .forEach(
            (series, row) -> {
              boolean gone = !present.contains(series) && row.getFieldRepetitionCount("value") > 0;
              if (gone && takesBack(row)) {
                withdrawn.add(withdrawnPoint(series, row));
              }
            });
    return withdrawn;
  }

  private MetricPoint withdrawnPoint(String series, Group row) {
    return new MetricPoint(
        series,
        EarlierRow.text(row, "metric"),
        null,
        0,
        windowStart,
        windowStart.plus(1, ChronoUnit.DAYS),
        plan.model(),
        plan.modelVersion(),
        EarlierRow.text(row, "feature"),
        EarlierRow.text(row, "segment"),
        DriftPlan.JOB,
        "data",
        EarlierRow.labels(row),
        0,
        null,
        true,
        computedAt);
  }

  /** That there are results against other references, which may be of another model. */
  Optional<String> note() {
    return otherResults == 0
        ? Optional.empty()
        : Optional.of(
            "the tables have %s more of %s, model %s, against %s: %s"
                .formatted(
                    otherResults == 1 ? "a result" : otherResults + " results",
                    plan.date(),
                    plan.model(),
                    String.join(", ", otherReferences),
                    others.isEmpty()
                        ? "under another reference name, so they stay; --model keeps runs apart"
                        : "a result of the same feature and segment is replaced, any other stays; --model or --reference-name keeps such runs apart"));
  }
}
