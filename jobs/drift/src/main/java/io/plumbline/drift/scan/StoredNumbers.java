package io.plumbline.drift.scan;

import io.plumbline.drift.plan.ColumnType;
import io.plumbline.profile.ProfileRow;
import io.plumbline.profile.ProfileRows;
import io.plumbline.stats.category.CategoryCounts;
import io.plumbline.stats.category.CategoryTally;
import io.plumbline.stats.moments.Moments;
import io.plumbline.stats.numeric.Cells;
import io.plumbline.stats.numeric.NumericDomain;
import io.plumbline.stats.numeric.NumericSummary;
import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.Objects;

/** The numbers of a profile's row, in the type in which the feature is compared. */
final class StoredNumbers {
  private final ColumnType to;
  private final NumericDomain from;
  private final NumericDomain domain;
  private final boolean doubled;
  private final int power;

  /**
   * @param from the type that the profile has them in
   * @param to the type in which they are compared
   */
  StoredNumbers(ColumnType from, ColumnType to) {
    this.to = to;
    this.from = from.wide() ? null : Domains.of(from);
    domain = to.wide() ? null : Domains.of(to);
    doubled = NumericDomain.doubles().equals(domain);
    power = to.scale() - from.scale();
  }

  /** Whether nothing is to be converted. */
  boolean same() {
    return Objects.equals(from, domain);
  }

  /** Whether a row's values are known only in cells, which do not convert one by one. */
  boolean inCells(ProfileRow row) {
    return from != null && !same() && row.level() != null && row.level() > 0;
  }

  /** Adds a row to counts of texts. */
  void addTo(CategoryCounts counts, ProfileRow row) throws IOException {
    if (row.rows() == row.nulls()) {
      counts.addNulls(row.nulls());
    } else if (from == null) {
      counts.merge(ProfileRows.categories(row));
    } else {
      counts.addNulls(row.nulls() + row.nans() + row.infinities());
      for (int i = 0; i < row.leastKeys().length; i++) {
        counts.add(from.text(row.leastKeys()[i]), row.counts()[i]);
      }
    }
  }

  /** Adds a row. */
  void addTo(NumericSummary summary, ProfileRow row) throws IOException {
    if (row.rows() == row.nulls()) {
      summary.addNulls(row.nulls());
    } else if (from == null) {
      summary.addNulls(row.nulls());
      for (CategoryTally tally : row.categories()) {
        add(summary, new BigDecimal(tally.category()), tally.count());
      }
    } else if (same()) {
      summary.merge(ProfileRows.numbers(row, domain, ProfileFormat.UNSORTED));
    } else if (row.level() == 0) {
      summary.addNulls(row.nulls());
      for (int i = 0; i < row.leastKeys().length; i++) {
        long key = row.leastKeys()[i];
        if (doubled) {
          summary.addDouble(from.toDouble(key), row.counts()[i]);
        } else {
          summary.addLong(scaled(key), row.counts()[i]);
        }
      }
    } else {
      summary.merge(ofCells(row));
    }
  }

  private void add(NumericSummary summary, BigDecimal value, long times) {
    if (doubled) {
      summary.addDouble(value.doubleValue(), times);
    } else {
      summary.addLong(value.setScale(to.scale()).unscaledValue().longValueExact(), times);
    }
  }

  private long scaled(long key) {
    long scaled = key;
    for (int i = 0; i < power; i++) {
      scaled = Math.multiplyExact(scaled, 10);
    }
    return scaled;
  }

  /** The ends of cells convert as values do, and their order stays. */
  private NumericSummary ofCells(ProfileRow row) throws IOException {
    Moments moments =
        Moments.readFrom(new DataInputStream(new ByteArrayInputStream(row.moments())));
    Cells cells =
        new Cells(
            row.level().intValue(),
            row.leastKeys().length,
            converted(row.leastKeys()),
            converted(row.greatestKeys()),
            row.counts());
    return NumericSummary.of(
        domain,
        row.nulls(),
        row.nans(),
        row.infinities(),
        doubled ? moments.inDoubles() : moments.inScale(to.scale()),
        cells,
        ProfileFormat.UNSORTED);
  }

  private long[] converted(long[] keys) {
    long[] others = new long[keys.length];
    for (int i = 0; i < keys.length; i++) {
      others[i] = doubled ? NumericDomain.keyOf(from.toDouble(keys[i])) : scaled(keys[i]);
    }
    return others;
  }
}
