package io.plumbline.cli.report;

import io.plumbline.events.DriftResult;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** A feature's result over all rows and those within segments. */
record ReportedFeature(DriftResult whole, List<DriftResult> segments) {
  /** In the order of the results over all rows, which is gravest first. */
  static List<ReportedFeature> of(List<DriftResult> results) {
    Map<String, ReportedFeature> byName = new LinkedHashMap<>();
    for (DriftResult result : results) {
      if (result.segment().isEmpty()) {
        byName.put(result.feature(), new ReportedFeature(result, new ArrayList<>()));
      }
    }
    for (DriftResult result : results) {
      ReportedFeature feature = byName.get(result.feature());
      if (!result.segment().isEmpty() && feature != null) {
        feature.segments.add(result);
      }
    }
    return List.copyOf(byName.values());
  }

  /** The result of each segment, null where there is none. */
  List<DriftResult> within(List<String> wanted) {
    Map<String, DriftResult> bySegment = new HashMap<>();
    segments.forEach(result -> bySegment.put(result.segment(), result));
    return wanted.stream().map(bySegment::get).collect(Collectors.toList());
  }

  long driftedSegments() {
    return segments.stream().filter(DriftResult::driftDetected).count();
  }
}
