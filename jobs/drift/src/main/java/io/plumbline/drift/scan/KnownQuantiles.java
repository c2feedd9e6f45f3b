package io.plumbline.drift.scan;

import io.plumbline.events.ProfileSummary;
import io.plumbline.profile.ProfileRow;
import io.plumbline.profile.ProfileRows;
import io.plumbline.stats.numeric.BinnedReference;
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
}
