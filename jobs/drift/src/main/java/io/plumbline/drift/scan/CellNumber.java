package io.plumbline.drift.scan;

import io.plumbline.stats.numeric.NumericDomain;
import org.apache.parquet.column.Dictionary;
import org.apache.parquet.io.api.Binary;

/** The last cell as a double. */
final class CellNumber extends CellConverter {
  private final NumericDomain domain;
  private double value;
  private double[] entries = {};

  CellNumber(NumericDomain domain) {
    this.domain = domain;
  }

  double value() {
    return value;
  }

  @Override
  void onDouble(double cell) {
    value = cell;
  }

  @Override
  void onLong(long cell) {
    value = domain.toDouble(cell);
  }

  @Override
  public void setDictionary(Dictionary dictionary) {
    if (floating()) {
      entries = doubles(dictionary);
      return;
    }
    long[] integers = longs(dictionary);
    entries = new double[integers.length];
    for (int id = 0; id < entries.length; id++) {
      entries[id] = domain.toDouble(integers[id]);
    }
  }

  @Override
  public void addValueFromDictionary(int id) {
    value = entries[id];
  }

  @Override
  void onBytes(Binary cell) {
    throw new IllegalStateException("expected numbers, found bytes");
  }

  @Override
  void onBoolean(boolean cell) {
    throw new IllegalStateException("expected numbers, found booleans");
  }
}
