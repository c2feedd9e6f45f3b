package io.plumbline.drift.scan;

import io.plumbline.drift.plan.InputFiles;
import io.plumbline.drift.plan.PlannedFeature;
import io.plumbline.drift.plan.ScanPlan;
import io.plumbline.drift.plan.Segments;
import io.plumbline.events.Segment;
import io.plumbline.profile.ProfileHeader;
import io.plumbline.profile.ProfileRow;
import io.plumbline.runtime.segment.SegmentValues;
import java.io.IOException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * Reads features of a profile. Its rows are read on from where the last feature ended, as features
 * are mostly asked for in its order.
 */
final class StoredFeatureReader extends FeatureReader {
  private final ScanPlan plan;
  private final InputFiles input;
  private final Map<String, Integer> bins = new HashMap<>();
  private final Set<Integer> merged = new HashSet<>();
  private StoredRows rows;
  private ProfileRow next;

  StoredFeatureReader(ScanPlan plan, InputFiles input) {
    this.plan = plan;
    this.input = input;
    for (ProfileHeader.Feature feature : input.profile().features()) {
      bins.put(feature.name(), feature.bins());
    }
    input.profile().segments().forEach(this::findMerged);
  }

  /** Where the plan has fewer values by name than the profile, others hold several of its rows. */
  private void findMerged(SegmentValues by) {
    for (String value : by.names()) {
      String text = Segment.of(by.column(), value).text();
      int segment = plan.segments().numberOf(text);
      if (segment != Segments.NONE && !plan.segments().text(segment).equals(text)) {
        merged.add(segment);
      }
    }
  }

  @Override
  public void read(PlannedFeature feature, Taker taker) throws IOException {
    if (!find(feature.name())) {
      return;
    }
    long before = rows.bytesRead();
    while (next != null && next.feature().equals(feature.name())) {
      take(next, feature, taker);
      next = rows.next();
    }
    taker.read(input.rows(), rows.bytesRead() - before);
  }

  private boolean find(String feature) throws IOException {
    for (int pass = 0; pass < 2; pass++) {
      while (next != null && !next.feature().equals(feature)) {
        next = rows.next();
      }
      if (next != null) {
        return true;
      }
      close();
      rows = StoredRows.of(input);
      next = rows.next();
    }
    return next != null && next.feature().equals(feature);
  }

  private void take(ProfileRow row, PlannedFeature feature, Taker taker) throws IOException {
    int segment = StoredRows.segment(plan, feature, row);
    if (segment == Segments.NONE) {
      return;
    }
    rows.addTo(taker.summaries(), segment, feature, row);
    boolean converted =
        feature.kind() == PlannedFeature.Kind.NUMERIC
            && !feature.wide()
            && !rows.numbers(feature).same();
    if (!merged.contains(segment) && !converted) {
      KnownQuantiles.of(row, bins.get(row.feature()))
          .ifPresent(known -> taker.known(segment, known));
    }
  }

  @Override
  public void close() throws IOException {
    if (rows != null) {
      rows.close();
    }
  }
}
