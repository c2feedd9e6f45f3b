package io.plumbline.featurehealth.tally;

import io.plumbline.events.FeatureNames;
import io.plumbline.events.FeatureValues;
import io.plumbline.events.Prediction;
import io.plumbline.featurehealth.registry.Expectation;
import io.plumbline.featurehealth.registry.Registry;
import io.plumbline.featurehealth.registry.RegistryView;
import io.plumbline.runtime.aggregate.BoundedMemo;
import io.plumbline.runtime.aggregate.ByteBudget;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
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
    private final List<Registry.SegmentColumn> segments;
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
      boolean free = feature.equals(SeriesBudget.OTHER) || registry().isRegistered(feature);
      return free || (memory.grants(bytes(feature)) && budget.grants(1))
          ? begin(feature)
          : number(SeriesBudget.OTHER);
    }

    /** Of what a feature takes itself, and at the least in each window. */
    private long bytes(String feature) {
      return BYTES_OF_FEATURE + feature.length() + (1L + segments.size()) * BYTES_OF_NUMBERS;
    }

    private int begin(String feature) {
      numbers.put(feature, names.size());
      names.add(feature);
      expected.add(
          feature.equals(SeriesBudget.OTHER)
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

    private int[] lookedUp(FeatureNames of) {
      int[] looked = new int[of.size()];
      Arrays.setAll(looked, i -> number(of.get(i)));
      return looked;
    }
  }

  /** The segments of a model's version in one pane: the empty one, and those by value. */
  static final class Series {
    private final Segment whole = new Segment();
    private final List<Map<String, Segment>> byColumn = new ArrayList<>();

    Series(ModelVersion of) {
      of.segments.forEach(column -> byColumn.add(new LinkedHashMap<>()));
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
    boolean other = model.equals(SeriesBudget.OTHER);
    if (other && !version.isEmpty()) {
      return modelVersion(model, "");
    }
    Map<String, ModelVersion> versions = models.computeIfAbsent(model, key -> new HashMap<>());
    last = versions.get(version);
    if (last == null) {
      boolean free = other || registry().isRegistered(model, version);
      if (!free && !grants(model, version)) {
        models.remove(model, Map.of());
        return modelVersion(SeriesBudget.OTHER, "");
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
    Segment[] segments = segments(of, series, event);
    FeatureValues values = event.features();
    int[] numbers = of.numbers(values.names());
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
      cell.read(values, i, of.expected.get(number));
      long time = values.time(i);
      for (Segment segment : segments) {
        FeatureTally tally = segment.tallies[number];
        if (tally == null) {
          tally = new FeatureTally(of.expected.get(number).bounds());
          segment.tallies[number] = tally;
          grown += FeatureTally.BYTES;
        }
        grown += tally.add(cell);
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

  private Segment[] segments(ModelVersion of, Series series, Prediction event) {
    Segment[] segments = new Segment[1 + of.segments.size()];
    segments[0] = series.whole;
    for (int i = 0; i < of.segments.size(); i++) {
      Registry.SegmentColumn column = of.segments.get(i);
      String value = event.segments().getOrDefault(column.column(), "");
      String named =
          value.isEmpty() || column.values().contains(value) ? value : SeriesBudget.OTHER;
      Map<String, Segment> byValue = series.byColumn.get(i);
      Segment segment = byValue.get(named);
      if (segment == null) {
        segment = new Segment();
        byValue.put(named, segment);
      }
      segments[i + 1] = segment;
    }
    return segments;
  }

  @Override
  void flush(ModelVersion of, Series series, Window window, Consumer<FeatureBlock> out) {
    flush(of, series.whole, "", window, out);
    for (int i = 0; i < of.segments.size(); i++) {
      String column = of.segments.get(i).column();
      series
          .byColumn
          .get(i)
          .forEach((value, segment) -> flush(of, segment, column + "=" + value, window, out));
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
