package io.plumbline.cli.models;

import io.plumbline.cli.models.ModelRow.Served;
import io.plumbline.cli.rows.Cells;
import io.plumbline.events.MetricPoint;
import io.plumbline.runtime.config.ModelConfig;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/** Makes rows of the registry and of the last points, gravest first. */
final class ModelRows {
  private static final String SILENCE = "model_silence_seconds";
  private static final String PREDICTIONS = "prediction_rows";

  /** Whose predictions ended no longer ago than this is seen. */
  private static final Duration LEAST = Duration.ofMinutes(15);

  /** The most telling metric first: the first that a version has is shown. */
  private static final List<Map.Entry<String, Map<String, String>>> HEADLINES =
      List.of(
          Map.entry("roc_auc", Map.of()),
          Map.entry("f1", Map.of("average", "macro")),
          Map.entry("rmse", Map.of()),
          Map.entry("accuracy", Map.of()),
          Map.entry("prediction_mean", Map.of()));

  private static final Comparator<ModelRow> ORDER =
      Comparator.comparing(ModelRow::state)
          .thenComparing(ModelRow::model)
          .thenComparing(ModelRow::modelVersion)
          .thenComparing(ModelRow::role);

  private final Map<String, ModelConfig> registered = new TreeMap<>();
  private final TreeMap<ServedVersion, TreeMap<ModelSeries, LastWindows>> versions =
      new TreeMap<>();
  private final Instant now;

  /** Null: there is no point. */
  private final Instant newest;

  /**
   * @param now no point is newer, whatever it says
   */
  ModelRows(List<ModelConfig> registered, LastPoints points, Instant now) {
    registered.forEach(model -> this.registered.put(model.name(), model));
    points
        .all()
        .forEach(
            (series, windows) -> {
              if (windows.latest().isPresent()) {
                versions
                    .computeIfAbsent(series.served(), served -> new TreeMap<>())
                    .put(series, windows);
              }
            });
    this.now = now;
    newest = points.newest().map(at -> at.isBefore(now) ? at : now).orElse(null);
  }

  /** All models that anybody knows. */
  Set<String> models() {
    Set<String> names = new TreeSet<>(registered.keySet());
    versions.keySet().forEach(version -> names.add(version.model()));
    return names;
  }

  /** One of each version, with its most telling metric. */
  List<ModelRow> byVersion() {
    return models().stream()
        .flatMap(model -> versionsOf(model).stream())
        .map(this::summary)
        .sorted(ORDER)
        .toList();
  }

  private ModelRow summary(ServedVersion version) {
    Served served = served(version);
    return HEADLINES.stream()
        .flatMap(headline -> shortest(version, headline.getKey(), headline.getValue()).stream())
        .findFirst()
        .map(series -> served.with(series, seriesOf(version).get(series)))
        .orElseGet(served::withoutMetric);
  }

  /** One of each metric of a model's versions; of a version without one a row without. */
  List<ModelRow> byMetric(String model) {
    List<ModelRow> rows = new ArrayList<>();
    for (ServedVersion version : versionsOf(model)) {
      Served served = served(version);
      Map<ModelSeries, LastWindows> series = seriesOf(version);
      series.forEach((one, windows) -> rows.add(served.with(one, windows)));
      if (series.isEmpty()) {
        rows.add(served.withoutMetric());
      }
    }
    return rows;
  }

  /** Those that config, control or points name; without any the model itself. */
  private Set<ServedVersion> versionsOf(String model) {
    Set<ServedVersion> all = new TreeSet<>();
    ModelConfig config = registered.get(model);
    if (config != null) {
      config.versions().forEach(version -> all.add(ServedVersion.of(config, version)));
    }
    versions.keySet().stream().filter(version -> version.model().equals(model)).forEach(all::add);
    ServedVersion itself = ServedVersion.ofModel(model);
    if (all.size() > 1) {
      // What is known of it alone is its silence, which its versions show.
      if (isOnlySilence(seriesOf(itself))) {
        all.remove(itself);
      }
    } else if (all.isEmpty()) {
      all.add(itself);
    }
    return all;
  }

  private static boolean isOnlySilence(Map<ModelSeries, LastWindows> series) {
    return series.keySet().stream().allMatch(one -> one.metric().equals(SILENCE));
  }

  private Map<ModelSeries, LastWindows> seriesOf(ServedVersion version) {
    return versions.getOrDefault(version, new TreeMap<>());
  }

  private Served served(ServedVersion version) {
    Optional<MetricPoint> rows = latest(version, PREDICTIONS);
    Double silence =
        latest(version, SILENCE)
            .or(() -> latest(ServedVersion.ofModel(version.model()), SILENCE))
            .map(MetricPoint::value)
            .orElse(null);
    return new Served(
        version,
        state(version, silence),
        silence,
        rows.map(MetricPoint::count).orElse(null),
        latest(version, "prediction_error_ratio").map(MetricPoint::value).orElse(null));
  }

  private ModelState state(ServedVersion version, Double silence) {
    ModelConfig model = registered.get(version.model());
    if (isRetired(model, version)) {
      return ModelState.RETIRED;
    }
    if (model != null && silence != null && silence > model.maxSilence().toMillis() / 1000.0) {
      return ModelState.SILENT;
    }
    Map<ModelSeries, LastWindows> series = seriesOf(version);
    if (isOnlySilence(series)) {
      return ModelState.NO_DATA;
    }
    return isSeen(version) ? ModelState.OK : ModelState.NOT_SEEN;
  }

  private static boolean isRetired(ModelConfig model, ServedVersion version) {
    return model != null
        && model.versions().stream()
            .anyMatch(
                one ->
                    one.version().equals(version.version())
                        && one.role() == ModelConfig.Role.RETIRED);
  }

  /** By its predictions, since late labels and final states come long after the last of them. */
  private boolean isSeen(ServedVersion version) {
    Optional<MetricPoint> latest = latest(version, PREDICTIONS);
    if (latest.isEmpty()) {
      return true;
    }
    Duration three =
        Duration.between(latest.get().windowStart(), latest.get().windowEnd()).multipliedBy(3);
    Duration most = three.compareTo(LEAST) > 0 ? three : LEAST;
    return !latest.get().windowEnd().plus(most).isBefore(newestPredictions());
  }

  /** The end of the newest window of predictions of all versions. */
  private Instant newestPredictions() {
    return versions.keySet().stream()
        .flatMap(version -> latest(version, PREDICTIONS).stream())
        .map(MetricPoint::windowEnd)
        .max(Comparator.naturalOrder())
        .orElse(Instant.MIN);
  }

  private Optional<MetricPoint> latest(ServedVersion version, String metric) {
    return shortest(version, metric, Map.of())
        .flatMap(series -> seriesOf(version).get(series).latest());
  }

  /** The series of a metric with the shortest windows. */
  private Optional<ModelSeries> shortest(
      ServedVersion version, String metric, Map<String, String> labels) {
    return seriesOf(version).keySet().stream()
        .filter(series -> series.is(metric, labels))
        .min(Comparator.comparing(ModelSeries::window));
  }

  /**
   * How many versions there are, and how old that is: of a job that has ended, all may look well
   * for ever.
   *
   * @param model only of this one; null: of all
   */
  String summary(String model) {
    Map<ModelState, Integer> counts = new LinkedHashMap<>();
    Stream.of(ModelState.values()).forEach(state -> counts.put(state, 0));
    byVersion().stream()
        .filter(row -> model == null || row.model().equals(model))
        .forEach(row -> counts.merge(row.state(), 1, Integer::sum));
    return "%d silent, %d without data, %d not seen, %d ok, %d retired; %s"
        .formatted(
            counts.get(ModelState.SILENT),
            counts.get(ModelState.NO_DATA),
            counts.get(ModelState.NOT_SEEN),
            counts.get(ModelState.OK),
            counts.get(ModelState.RETIRED),
            newest == null ? "no point yet" : "last point " + Cells.ago(newest, now));
  }
}
