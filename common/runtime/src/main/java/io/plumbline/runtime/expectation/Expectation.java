package io.plumbline.runtime.expectation;

import io.plumbline.events.Wire;
import io.plumbline.runtime.config.FeatureConfig;
import io.plumbline.runtime.control.Revision;
import io.plumbline.stats.proportion.ExpectedShare;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.apache.commons.codec.digest.MurmurHash3;

/**
 * What is expected of a feature: by the registry and, where that is silent, by the reference
 * profile of the model's version. It travels with what was counted by it.
 */
public final class Expectation {
  private final boolean registered;
  private final FeatureConfig.Type type;
  private final String version;
  private final Double nullThreshold;
  private final Double min;
  private final Double max;
  private final ExpectedShare newCategories;
  private final ExpectedShare outOfRange;
  private final long trainingRows;
  private final long trainingNulls;

  /** Only where values are counted; null: any category is expected. */
  private final KnownCategories categories;

  private final boolean hasCategories;
  private final long bounds;
  private final Revision revision;
  private final double least;
  private final double greatest;

  private Expectation(
      boolean registered,
      FeatureConfig.Type type,
      String version,
      Double nullThreshold,
      Double min,
      Double max,
      KnownCategories categories,
      boolean hasCategories,
      ExpectedShare newCategories,
      ExpectedShare outOfRange,
      long trainingRows,
      long trainingNulls,
      long bounds,
      Revision revision) {
    this.registered = registered;
    this.type = type;
    this.version = version;
    this.nullThreshold = nullThreshold;
    this.min = min;
    this.max = max;
    this.categories = categories;
    this.hasCategories = hasCategories;
    this.newCategories = newCategories;
    this.outOfRange = outOfRange;
    this.trainingRows = trainingRows;
    this.trainingNulls = trainingNulls;
    this.bounds = bounds;
    this.revision = revision;
    least = min == null ? Double.NEGATIVE_INFINITY : min;
    greatest = max == null ? Double.POSITIVE_INFINITY : max;
  }

  /**
   * @param config null: the feature is not registered
   * @param reference null: the model's version has no profile, or that has no such feature
   * @param revision of control
   */
  public static Expectation of(
      FeatureConfig config, ReferenceFeature reference, Revision revision) {
    KnownCategories categories = categories(config, reference);
    boolean ranged = config != null && config.range() != null;
    boolean byReference = !ranged && reference != null;
    FeatureConfig.Type type = config == null ? null : config.type();
    Double min = ranged ? config.range().min() : byReference ? reference.min() : null;
    Double max = ranged ? config.range().max() : byReference ? reference.max() : null;
    ExpectedShare newCategories = categories == null ? ExpectedShare.NONE : categories.unseen();
    ExpectedShare outOfRange =
        byReference ? ExpectedShare.outsideOfRange(reference.finite()) : ExpectedShare.NONE;
    return new Expectation(
        config != null,
        type,
        config == null ? null : config.version(),
        config == null ? null : config.nullThreshold(),
        min,
        max,
        categories,
        categories != null,
        newCategories,
        outOfRange,
        reference == null ? 0 : reference.rows(),
        reference == null ? 0 : reference.nulls(),
        bounds(
            type,
            min,
            max,
            outOfRange,
            categories == null ? "any" : Long.toString(categories.fingerprint()),
            newCategories),
        revision);
  }

  private static long bounds(Object... parts) {
    return MurmurHash3.hash128x64(Arrays.toString(parts).getBytes(StandardCharsets.UTF_8))[0];
  }

  private static KnownCategories categories(FeatureConfig config, ReferenceFeature reference) {
    if (config != null && !config.categories().isEmpty()) {
      return KnownCategories.listed(config.categories());
    }
    return reference == null ? null : reference.categories();
  }

  /** Of a feature that nobody has registered. */
  public static Expectation none() {
    return of(null, null, Revision.NONE);
  }

  public boolean registered() {
    return registered;
  }

  /** Null: not known. */
  public FeatureConfig.Type type() {
    return type;
  }

  /** Of the feature; null: not known. */
  public String version() {
    return version;
  }

  /** The greatest share of missing values; null: none is set. */
  public Double nullThreshold() {
    return nullThreshold;
  }

  /** Null: open. */
  public Double min() {
    return min;
  }

  /** Null: open. */
  public Double max() {
    return max;
  }

  /** The least number that is in the range. */
  public double least() {
    return least;
  }

  /** The greatest number that is in the range. */
  public double greatest() {
    return greatest;
  }

  public boolean hasRange() {
    return min != null || max != null;
  }

  public boolean hasCategories() {
    return hasCategories;
  }

  /** Of values of new categories, although nothing has changed; none where a person listed them. */
  public ExpectedShare newCategories() {
    return newCategories;
  }

  /** Of numbers out of range, although nothing has changed; none where a person set it. */
  public ExpectedShare outOfRange() {
    return outOfRange;
  }

  /** Null: any is expected. Not there any more once it has travelled. */
  public KnownCategories categories() {
    return categories;
  }

  /**
   * A number for type, range and categories, by which values are told for what they are: only what
   * was counted by the same ones may be added up and measured by them.
   */
  public long bounds() {
    return bounds;
  }

  /** Of two of the same feature, the one with the greater one is the newer. */
  public Revision revision() {
    return revision;
  }

  /** Rows of the reference; 0: there is none. */
  public long trainingRows() {
    return trainingRows;
  }

  /** Rows of the reference in which the feature is null. */
  public long trainingNulls() {
    return trainingNulls;
  }

  public void writeTo(DataOutput out) throws IOException {
    out.writeBoolean(registered);
    Wire.writeText(type == null ? null : type.name(), out);
    Wire.writeText(version, out);
    Wire.writeNumber(nullThreshold, out);
    Wire.writeNumber(min, out);
    Wire.writeNumber(max, out);
    out.writeBoolean(hasCategories);
    write(newCategories, out);
    write(outOfRange, out);
    out.writeLong(trainingRows);
    out.writeLong(trainingNulls);
    out.writeLong(bounds);
    out.writeLong(revision.epoch());
    out.writeLong(revision.offset());
  }

  /** Reads what {@link #writeTo} wrote: all but the categories. */
  public static Expectation readFrom(DataInput in) throws IOException {
    boolean registered = in.readBoolean();
    String type = Wire.readText(in);
    return new Expectation(
        registered,
        type == null ? null : FeatureConfig.Type.valueOf(type),
        Wire.readText(in),
        Wire.readNumber(in),
        Wire.readNumber(in),
        Wire.readNumber(in),
        null,
        in.readBoolean(),
        readShare(in),
        readShare(in),
        in.readLong(),
        in.readLong(),
        in.readLong(),
        new Revision(in.readLong(), in.readLong()));
  }

  private static void write(ExpectedShare share, DataOutput out) throws IOException {
    out.writeDouble(share.alpha());
    out.writeDouble(share.beta());
  }

  private static ExpectedShare readShare(DataInput in) throws IOException {
    return new ExpectedShare(in.readDouble(), in.readDouble());
  }
}
