package io.plumbline.featurehealth.tally;

import io.plumbline.events.FeatureNames;
import io.plumbline.events.FeatureValues;
import io.plumbline.events.Prediction;
import io.plumbline.events.ReservedNames;
import io.plumbline.featurehealth.registry.RegistryView;
import io.plumbline.runtime.aggregate.BoundedMemo;
import io.plumbline.runtime.aggregate.ByteBudget;
import io.plumbline.runtime.expectation.Expectation;
import io.plumbline.runtime.segment.SegmentColumn;
import io.plumbline.runtime.segment.SeriesBudget;
import io.plumbline.runtime.window.Window;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Counts the features inside predictions by model, version, segment and window. A wide prediction
 * costs a look at each of its values, once for all segments; its names are looked up only when they
 * differ from those of the prediction before.
 */
public final class PredictionFold
    extends WindowFold<Prediction, PredictionFold.ModelVersion, PredictionFold.Series> {
  /** Into so many records a window of a series goes, by which its features are shared out. */
  static final int BLOCKS = 8;

  /** Of a feature of a model's version: its name's places, and what is expected of it. */
  private static final int BYTES_OF_FEATURE = 300;

  /** Of a model's version, beside its features. */
  private static final int BYTES_OF_MODEL = 500;

  /** Of a tally with numbers, for what a name must have room for in each segment. */
  private static final int BYTES_OF_NUMBERS = FeatureTally.BYTES + 350;

  /** Of a segment in a window, beside its tallies. */
  private static final int BYTES_OF_SEGMENT = 150;

  private static final int NONE = -1;

  private final long seriesLimit;

  private transient long mostBytes;
  private transient SeriesBudget budget;
  private transient ByteBudget memory;
  private transient BoundedMemo<Names, int[]> numbersOf;
  private transient Names lastNames;
  private transient int[] lastNumbers;
  private transient Map<String, Map<String, ModelVersion>> models;
  private transient ModelVersion last;

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
    budget = new SeriesBudget(seriesLimit);
    memory = new ByteBudget(mostBytes / 2);
    numbersOf = new BoundedMemo<>(mostBytes / 8);
    lastNames = null;
    models = new HashMap<>();
    last = null;
  }

  /** Names as a model's version reads them; both are the same only where they are identical. */
  private record Names(ModelVersion of, FeatureNames names) {}

  /** A model's version: its features have numbers, by which the tallies of a segment stand. */
  final class ModelVersion {
    private final String model;
    private final String version;
    private final List<SegmentColumn> segments;
    private final List<String> names = new ArrayList<>();
    private final List<Expectation> expected = new ArrayList<>();
    private final Map<String, Integer> numbers = new HashMap<>();
    private final int registered;

    ModelVersion(String model, String version) {
      this.model = model;
      this.version = version;
      segments = registry().segments(model, version);
      registry().featuresOf(model).stream().distinct().forEach(this::begin);
      registered = names.size();
    }

    private int number(String feature) {
      Integer known = numbers.get(feature);
      if (known != null) {
        return known;
      }
      boolean free = feature.equals(ReservedNames.OTHER) || registry().isRegistered(feature);
      return free || (memory.grants(bytes(feature)) && budget.grants(1))
          ? begin(feature)
          : number(ReservedNames.OTHER);
    }

    /** Of what a feature takes itself, and at the least in each window. */
    private long bytes(String feature) {
      return BYTES_OF_FEATURE + feature.length() + (1L + segments.size()) * BYTES_OF_NUMBERS;
    }

    private int begin(String feature) {
      numbers.put(feature, names.size());
      names.add(feature);
      expected.add(
          feature.equals(ReservedNames.OTHER)
              ? Expectation.none()
              : registry().expectation(model, version, feature));
      return names.size() - 1;
    }

    /** The numbers of a prediction's features, in its order. */
    int[] numbers(FeatureNames of) {
      if (lastNames == null || lastNames.names != of || lastNames.of != this) {
        lastNames = new Names(this, of);
        lastNumbers = numbersOf.get(lastNames);
        if (lastNumbers == null) {
          lastNumbers = lookedUp(of);
          numbersOf.put(lastNames, lastNumbers, of.bytes() + (long) Integer.BYTES * of.size());
        }
      }
      return lastNumbers;
    }

    /** The number of a prediction's segment by a column: its own word, else that of the feature. */
    private int segment(SegmentColumn by, Prediction event, int[] numbersOfFeatures) {
      String value = event.segments().get(by.name());
      if (value != null || event.segments().containsKey(by.name())) {
        return by.number(value);
      }
      int feature = numbers.getOrDefault(by.name(), NONE);
      for (int i = 0; feature != NONE && i < numbersOfFeatures.length; i++) {
        if (numbersOfFeatures[i] == feature) {
          return by.number(event.features(), i);
        }
      }
      return by.ofNull();
    }

    private int[] lookedUp(FeatureNames of) {
      int[] looked = new int[of.size()];
      Arrays.setAll(looked, i -> number(of.get(i)));
      return looked;
    }
  }

  /** The segments of a model's version in one pane: the empty one, and those by value. */
  static final class Series {
    private final Segment whole = new Segment();
    private final Segment[][] byColumn;

    Series(ModelVersion of) {
      byColumn = of.segments.stream().map(by -> new Segment[by.size()]).toArray(Segment[][]::new);
    }
  }

  private static final class Segment {
    private long predictions;
    private FeatureTally[] tallies = new FeatureTally[0];
  }

  private ModelVersion modelVersion(String model, String version) {
    if (last != null && last.model.equals(model) && last.version.equals(version)) {
      return last;
    }
    boolean other = model.equals(ReservedNames.OTHER);
    if (other && !version.isEmpty()) {
      return modelVersion(model, "");
    }
    Map<String, ModelVersion> versions = models.computeIfAbsent(model, key -> new HashMap<>());
    last = versions.get(version);
    if (last == null) {
      boolean named = registry().isModel(model);
      boolean free =
          other
              || registry().isRegistered(model, version)
              || (named && version.equals(ReservedNames.OTHER));
      if (!free && !grants(model, version)) {
        models.remove(model, Map.of());
        return named
            ? modelVersion(model, ReservedNames.OTHER)
            : modelVersion(ReservedNames.OTHER, "");
      }
      last = new ModelVersion(model, version);
      versions.put(version, last);
    }
    return last;
  }

  private boolean grants(String model, String version) {
    long series = registry().seriesOf(model, version);
    return memory.grants(
            BYTES_OF_MODEL
                + model.length()
                + version.length()
                + series * (BYTES_OF_FEATURE + BYTES_OF_NUMBERS))
        && budget.grants(series);
  }

  @Override
  public void add(Prediction event, long timestamp) {
    refresh();
    ModelVersion of = modelVersion(event.model(), event.modelVersion());
    Series series = pane(timestamp).computeIfAbsent(of, key -> new Series(key));
    FeatureValues values = event.features();
    int[] numbers = of.numbers(values.names());
    Segment[] segments = segments(of, series, event, numbers);
    long grown = 0;
    for (Segment segment : segments) {
      segment.predictions++;
      if (segment.tallies.length < of.names.size()) {
        grown +=
            (segment.tallies.length == 0 ? BYTES_OF_SEGMENT : 0)
                + (long) Integer.BYTES * (of.names.size() - segment.tallies.length);
        segment.tallies = Arrays.copyOf(segment.tallies, of.names.size());
      }
    }
    for (int i = 0; i < numbers.length; i++) {
      int number = numbers[i];
      checked.check(values, i, of.expected.get(number));
      long time = values.time(i);
      for (Segment segment : segments) {
        FeatureTally tally = segment.tallies[number];
        if (tally == null) {
          tally = new FeatureTally(of.expected.get(number).bounds());
          segment.tallies[number] = tally;
          grown += FeatureTally.BYTES;
        }
        grown += tally.add(checked);
        if (time != FeatureValues.NO_TIME) {
          grown += tally.addAge(event.ts() - time);
        }
      }
    }
    grown(grown);
  }

  @Override
  long bytesBesidePanes() {
    return memory.taken() + numbersOf.bytes();
  }

  private static Segment[] segments(
      ModelVersion of, Series series, Prediction event, int[] numbersOfFeatures) {
    Segment[] segments = new Segment[1 + of.segments.size()];
    segments[0] = series.whole;
    for (int i = 0; i < of.segments.size(); i++) {
      int number = of.segment(of.segments.get(i), event, numbersOfFeatures);
      Segment[] ofColumn = series.byColumn[i];
      if (ofColumn[number] == null) {
        ofColumn[number] = new Segment();
      }
      segments[i + 1] = ofColumn[number];
    }
    return segments;
  }

  @Override
  void flush(ModelVersion of, Series series, Window window, Consumer<FeatureBlock> out) {
    flush(of, series.whole, "", window, out);
    for (int i = 0; i < of.segments.size(); i++) {
      SegmentColumn by = of.segments.get(i);
      for (int number = 0; number < by.size(); number++) {
        if (series.byColumn[i][number] != null) {
          flush(of, series.byColumn[i][number], by.text(number), window, out);
        }
      }
    }
  }

  private static void flush(
      ModelVersion of, Segment segment, String name, Window window, Consumer<FeatureBlock> out) {
    FeatureBlock[] blocks = new FeatureBlock[BLOCKS];
    for (int number = 0; number < of.names.size(); number++) {
      FeatureTally tally = number < segment.tallies.length ? segment.tallies[number] : null;
      if (number < of.registered) {
        tally = tally == null ? new FeatureTally(of.expected.get(number).bounds()) : tally;
        // Without the feature at all, and not as null.
        tally.addMissing(segment.predictions - tally.rows());
      }
      if (tally != null) {
        String feature = of.names.get(number);
        int block = Math.floorMod(feature.hashCode(), BLOCKS);
        if (blocks[block] == null) {
          blocks[block] = new FeatureBlock(of.model, of.version, name, block, window);
        }
        blocks[block].put(feature, of.expected.get(number), tally);
      }
    }
    for (FeatureBlock block : blocks) {
      if (block != null) {
        out.accept(block);
      }
    }
  }
}
