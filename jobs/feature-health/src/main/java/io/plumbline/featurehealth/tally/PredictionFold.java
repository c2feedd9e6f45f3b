package io.plumbline.featurehealth.tally;

import io.plumbline.events.FeatureValues;
import io.plumbline.events.Prediction;
import io.plumbline.events.ReservedNames;
import io.plumbline.featurehealth.registry.RegistryView;
import io.plumbline.runtime.aggregate.NameBudget;
import io.plumbline.runtime.expectation.Expectation;
import io.plumbline.runtime.window.Window;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Counts the features inside predictions by model, version, segment and window. A wide prediction
 * costs a look at each of its values, once for all segments; its names are looked up only when they
 * differ from those of the prediction before.
 */
public final class PredictionFold extends WindowFold<Prediction, CountedModel, ModelCounts> {
  /** Into so many records a window of a segment goes, by which its features are shared out. */
  static final int BLOCKS = 8;

  /** Of a model's version, beside its features. */
  private static final int BYTES_OF_MODEL = 500;

  private final long seriesLimit;

  private transient long mostBytes;
  private transient NameBudget budget;
  private transient KnownPlaces places;
  private transient Map<String, Map<String, CountedModel>> models;

  /** What the last prediction said it is of, and under what it was counted. */
  private transient String lastModel;

  private transient String lastVersion;
  private transient CountedModel last;

  /**
   * @param windowMillis the length of windows, which begin at the epoch
   * @param seriesLimit of models, versions and features together that a task tells apart
   */
  public PredictionFold(RegistryView view, long windowMillis, long seriesLimit) {
    super(view, windowMillis);
    this.seriesLimit = seriesLimit;
  }

  @Override
  void begin(long most) {
    mostBytes = most;
  }

  @Override
  void adopt() {
    // Whoever was named before is named anew, and counted anew.
    budget = new NameBudget(seriesLimit, mostBytes / 2);
    places = new KnownPlaces(mostBytes / 8);
    models = new HashMap<>();
    last = null;
  }

  @Override
  public void add(Prediction event, long timestamp) {
    refresh();
    CountedModel of = counted(event.model(), event.modelVersion());
    ModelCounts counts = pane(timestamp).computeIfAbsent(of, ModelCounts::new);
    FeatureValues values = event.features();
    FeaturePlaces known = places.of(of, values.names());
    SegmentCounts[] segments = counts.of(event, known);
    List<CountedModel.Feature> features = of.features();
    long grown = 0;
    for (SegmentCounts segment : segments) {
      grown += segment.addPrediction(features.size());
    }
    int[] numbers = known.numbers();
    for (int i = 0; i < numbers.length; i++) {
      int number = numbers[i];
      Expectation expected = features.get(number).expected();
      checked.check(values, i, expected);
      long time = values.time(i);
      for (SegmentCounts segment : segments) {
        grown += segment.add(number, expected.bounds(), checked);
        if (time != FeatureValues.NO_TIME) {
          grown += segment.addAge(number, event.ts() - time);
        }
      }
    }
    grown(grown);
  }

  private CountedModel counted(String model, String version) {
    if (last == null || !lastModel.equals(model) || !lastVersion.equals(version)) {
      last = lookedUp(model, version);
      lastModel = model;
      lastVersion = version;
    }
    return last;
  }

  private CountedModel lookedUp(String model, String version) {
    boolean other = model.equals(ReservedNames.OTHER);
    if (other && !version.isEmpty()) {
      return lookedUp(model, "");
    }
    Map<String, CountedModel> versions = models.get(model);
    CountedModel known = versions == null ? null : versions.get(version);
    if (known != null) {
      return known;
    }
    boolean named = registry().isModel(model);
    boolean free =
        other
            || registry().isRegistered(model, version)
            || (named && version.equals(ReservedNames.OTHER));
    if (!free && !grants(model, version)) {
      return named ? lookedUp(model, ReservedNames.OTHER) : lookedUp(ReservedNames.OTHER, "");
    }
    CountedModel begun = new CountedModel(model, version, registry(), budget);
    models.computeIfAbsent(model, key -> new HashMap<>()).put(version, begun);
    return begun;
  }

  private boolean grants(String model, String version) {
    long series = registry().seriesOf(model, version);
    long bytes =
        BYTES_OF_MODEL
            + model.length()
            + version.length()
            + series * (CountedModel.BYTES_OF_FEATURE + CountedModel.BYTES_OF_NUMBERS);
    return budget.grants(series, bytes);
  }

  @Override
  long bytesBesidePanes() {
    return budget.bytes() + places.bytes();
  }

  @Override
  void flush(CountedModel of, ModelCounts counts, Window window, Consumer<FeatureBlock> out) {
    counts.flush(of, window, out);
  }
}
