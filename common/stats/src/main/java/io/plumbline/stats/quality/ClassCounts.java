package io.plumbline.stats.quality;

import io.plumbline.stats.Mergeable;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;

/**
 * How often each class was true, was predicted and was both: all that accuracy and F1 need of a
 * confusion matrix, in memory that grows with the classes and not with their square.
 *
 * <p>At most {@link #MOST_CLASSES} are told apart, those whose names are least; the others count as
 * one class. Accuracy is exact still. Up to that number nothing depends on the order of what comes;
 * beyond it, which classes were dropped may, where a label that was taken out again was the only
 * one of its class.
 */
public final class ClassCounts implements Mergeable<ClassCounts> {
  /** The most classes that are told apart. */
  public static final int MOST_CLASSES = 1_000;

  /** Of an entry, beside the letters of its name. */
  private static final int BYTES_OF_CLASS = 160;

  private final TreeMap<String, Counts> named = new TreeMap<>();

  /** Of the classes from {@link #firstOther} on. */
  private final Counts others = new Counts();

  /** Null: all are named. */
  private String firstOther;

  private long count;
  private long hits;

  /** Of one class. */
  private static final class Counts {
    private long truths;
    private long predictions;
    private long hits;

    void add(Counts other) {
      truths += other.truths;
      predictions += other.predictions;
      hits += other.hits;
    }

    boolean isEmpty() {
      return truths == 0 && predictions == 0 && hits == 0;
    }

    /** {@code 2 tp / (2 tp + fp + fn)}. */
    double f1() {
      return 2.0 * hits / (truths + predictions);
    }

    void writeTo(DataOutput out) throws IOException {
      VarLong.writeSigned(truths, out);
      VarLong.writeSigned(predictions, out);
      VarLong.writeSigned(hits, out);
    }

    static Counts readFrom(DataInput in) throws IOException {
      Counts counts = new Counts();
      counts.truths = VarLong.readSigned(in);
      counts.predictions = VarLong.readSigned(in);
      counts.hits = VarLong.readSigned(in);
      return counts;
    }
  }

  /**
   * Adds a labelled prediction, {@code times} times; a negative number of times takes it out again.
   */
  public void add(String truth, String predicted, long times) {
    count += times;
    Counts more = new Counts();
    more.truths = times;
    if (truth.equals(predicted)) {
      hits += times;
      more.hits = times;
      more.predictions = times;
    } else {
      Counts ofPredicted = new Counts();
      ofPredicted.predictions = times;
      add(predicted, ofPredicted);
    }
    add(truth, more);
  }

  private void add(String name, Counts more) {
    if (firstOther != null && name.compareTo(firstOther) >= 0) {
      others.add(more);
      return;
    }
    Counts counts = named.computeIfAbsent(name, any -> new Counts());
    counts.add(more);
    if (counts.isEmpty()) {
      named.remove(name);
    }
    while (named.size() > MOST_CLASSES) {
      dropGreatest();
    }
  }

  private void dropGreatest() {
    Map.Entry<String, Counts> greatest = named.pollLastEntry();
    firstOther = greatest.getKey();
    others.add(greatest.getValue());
  }

  /** Labelled predictions. */
  public long count() {
    return count;
  }

  /** How many classes there are, as truth or prediction; those beyond the most count as one. */
  public int classes() {
    return named.size() + (others.isEmpty() ? 0 : 1);
  }

  /** The share of predictions that are true; NaN without one. */
  public double accuracy() {
    return Shares.of(hits, count);
  }

  /** The mean of the classes' F1, each counted once; NaN without a prediction. */
  public double macroF1() {
    double sum = others.isEmpty() ? 0 : others.f1();
    for (Counts counts : named.values()) {
      sum += counts.f1();
    }
    return Shares.of(sum, classes());
  }

  /** The mean of the classes' F1, each counted as often as it is true; NaN without a prediction. */
  public double weightedF1() {
    double sum = others.isEmpty() ? 0 : others.truths * others.f1();
    for (Counts counts : named.values()) {
      sum += counts.truths * counts.f1();
    }
    return Shares.of(sum, count);
  }

  /** About how many bytes of memory it takes. */
  public int bytes() {
    int bytes = BYTES_OF_CLASS;
    for (String name : named.keySet()) {
      bytes += BYTES_OF_CLASS + name.length();
    }
    return bytes;
  }

  @Override
  public void merge(ClassCounts other) {
    count += other.count;
    hits += other.hits;
    others.add(other.others);
    if (other.firstOther != null
        && (firstOther == null || other.firstOther.compareTo(firstOther) < 0)) {
      firstOther = other.firstOther;
      Map<String, Counts> dropped = named.tailMap(firstOther, true);
      dropped.values().forEach(others::add);
      dropped.clear();
    }
    other.named.forEach(this::add);
  }

  @Override
  public void writeTo(DataOutput out) throws IOException {
    VarLong.write(named.size(), out);
    for (Map.Entry<String, Counts> entry : named.entrySet()) {
      writeName(entry.getKey(), out);
      entry.getValue().writeTo(out);
    }
    VarLong.writeSigned(count, out);
    VarLong.writeSigned(hits, out);
    out.writeBoolean(firstOther != null);
    if (firstOther != null) {
      writeName(firstOther, out);
      others.writeTo(out);
    }
  }

  public static ClassCounts readFrom(DataInput in) throws IOException {
    ClassCounts read = new ClassCounts();
    for (long left = VarLong.read(in); left > 0; left--) {
      read.named.put(readName(in), Counts.readFrom(in));
    }
    read.count = VarLong.readSigned(in);
    read.hits = VarLong.readSigned(in);
    if (in.readBoolean()) {
      read.firstOther = readName(in);
      read.others.add(Counts.readFrom(in));
    }
    return read;
  }

  private static void writeName(String name, DataOutput out) throws IOException {
    byte[] bytes = name.getBytes(StandardCharsets.UTF_8);
    VarLong.write(bytes.length, out);
    out.write(bytes);
  }

  private static String readName(DataInput in) throws IOException {
    byte[] bytes = new byte[(int) VarLong.read(in)];
    in.readFully(bytes);
    return new String(bytes, StandardCharsets.UTF_8);
  }
}
