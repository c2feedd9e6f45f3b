package io.plumbline.drift.plan;

import java.io.Serializable;
import java.util.List;
import java.util.Locale;

/**
 * A feature that the run compares.
 *
 * @param index its place among the run's features, from 0
 * @param column in what type it is compared; null if the kind is multivariate
 * @param inCurrent whether the current side has the column (the reference always has)
 * @param named whether the config or an option names it, so that its values do not decide whether
 *     it is a feature at all
 * @param role as in the config: feature, target or prediction
 * @param importance null if the config sets none
 * @param bins the number of quantile bins
 * @param members the columns of a multivariate feature, else empty
 * @param segmented whether it is compared in every segment too
 * @param types how its types differ between files; null: they do not
 */
public record PlannedFeature(
    String name,
    int index,
    Kind kind,
    InputFiles.InputColumn column,
    boolean inCurrent,
    boolean named,
    String role,
    Double importance,
    int bins,
    List<InputFiles.InputColumn> members,
    boolean segmented,
    TypeDifference types)
    implements Serializable {

  /** How a feature is compared. */
  public enum Kind {
    NUMERIC("numeric"),
    CATEGORICAL("categorical"),
    EMBEDDING("embedding"),
    MULTIVARIATE("multivariate");

    private final String text;

    Kind(String text) {
      this.text = text;
    }

    /** The kind that results call this. */
    public static Kind of(String text) {
      return valueOf(text.toUpperCase(Locale.ROOT));
    }

    /** As results say it. */
    public String text() {
      return text;
    }
  }

  /** The same at another place among the run's features. */
  public PlannedFeature at(int place) {
    return new PlannedFeature(
        name,
        place,
        kind,
        column,
        inCurrent,
        named,
        role,
        importance,
        bins,
        members,
        segmented,
        types);
  }

  /**
   * The feature of a column that is not compared, as it or all of its values are gone.
   *
   * @param of the reference's
   * @param reason why it is not compared
   */
  public PlannedFeature gone(InputFiles.InputColumn of, String reason) {
    return new PlannedFeature(
        name,
        index,
        Kind.CATEGORICAL,
        of.as(ColumnType.of(ColumnType.Kind.STRING, of.type().physical())),
        inCurrent,
        named,
        role,
        importance,
        bins,
        List.of(),
        false,
        TypeDifference.gone(reason));
  }

  /** Whether it belongs to the data set's verdict: an input of the model, and not a combination. */
  public boolean counts() {
    return role.equals("feature") && kind != Kind.MULTIVARIATE;
  }

  /** Whether a row has one number or category of it, rather than a vector. */
  public boolean ofCells() {
    return kind == Kind.NUMERIC || kind == Kind.CATEGORICAL;
  }

  /** Whether its numbers are too wide for a key, so that they are counted by their text. */
  public boolean wide() {
    return kind == Kind.NUMERIC && column.type().wide();
  }

  /**
   * Whether its values may number rows rather than measure something: nobody names it, and in the
   * reference they are whole by their types.
   */
  public boolean mayNumberRows() {
    return !named
        && !column.found().isEmpty()
        && column.found().stream().allMatch(found -> found.type().whole());
  }

  /** Whether the types of its files allow no comparison. */
  public boolean typeChanged() {
    return types != null && !types.converts();
  }

  /** Whether cells of the reference can be read; where not, they count as missing. */
  public boolean readsReference() {
    return types == null || types.referenceIsOne();
  }

  /** Whether cells of the current side can be read; where not, they count as missing. */
  public boolean readsCurrent() {
    return inCurrent && !typeChanged();
  }

  /**
   * Whether samples of its rows are compared in a segment: that of all rows, or in every one where
   * it is asked for, as it costs much.
   */
  public boolean samplesIn(int segment) {
    return segment == Segments.WHOLE || (kind == Kind.MULTIVARIATE && segmented);
  }

  /** What of the model drifts, by role. */
  public String driftType() {
    return switch (role) {
      case "target" -> "label";
      case "prediction" -> "prediction";
      default -> "covariate";
    };
  }
}
