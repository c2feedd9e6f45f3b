package io.plumbline.drift.scan;

import io.plumbline.events.ProfileSummary;
import io.plumbline.runtime.profile.ProfileRow;
import io.plumbline.runtime.profile.ProfileRows;
import io.plumbline.stats.numeric.BinnedReference;
import java.io.ByteArrayOutputStream;
import java.io.DataInput;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What a profile knows exactly of a reference whose values it has only in cells: what was computed
 * while they were all at hand.
 *
 * @param bins the number of quantile bins
 */
public record KnownQuantiles(int bins, BinnedReference binned, ProfileSummary summary) {

  /** The known of a row that was taken with so many bins, if its quantiles are exact. */
  static Optional<KnownQuantiles> of(ProfileRow row, int bins) {
    return ProfileRows.bins(row).map(binned -> new KnownQuantiles(bins, binned, row.summary()));
  }

  byte[] written() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    DataOutputStream out = new DataOutputStream(bytes);
    out.writeInt(bins);
    binned.writeTo(out);
    for (Double figure :
        new Double[] {summary.mean(), summary.stddev(), summary.min(), summary.max()}) {
      out.writeDouble(figure == null ? Double.NaN : figure);
    }
    out.writeInt(summary.quantiles().size());
    for (Map.Entry<String, Double> quantile : summary.quantiles().entrySet()) {
      out.writeUTF(quantile.getKey());
      out.writeDouble(quantile.getValue());
    }
    return bytes.toByteArray();
  }

  public static KnownQuantiles readFrom(DataInput in) throws IOException {
    int bins = in.readInt();
    BinnedReference binned = BinnedReference.readFrom(in);
    Double mean = figure(in);
    Double stddev = figure(in);
    Double min = figure(in);
    Double max = figure(in);
    Map<String, Double> quantiles = new LinkedHashMap<>();
    for (int left = in.readInt(); left > 0; left--) {
      quantiles.put(in.readUTF(), in.readDouble());
    }
    return new KnownQuantiles(bins, binned, new ProfileSummary(mean, stddev, min, max, quantiles));
  }

  private static Double figure(DataInput in) throws IOException {
    double figure = in.readDouble();
    return Double.isNaN(figure) ? null : figure;
  }
}
