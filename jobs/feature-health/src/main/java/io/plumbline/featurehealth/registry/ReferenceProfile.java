package io.plumbline.featurehealth.registry;

import io.plumbline.profile.ProfileFile;
import io.plumbline.profile.ProfileRow;
import io.plumbline.runtime.expectation.ReferenceFeature;
import io.plumbline.runtime.segment.SegmentValues;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.core.fs.Path;

/**
 * What streams take of a reference profile.
 *
 * @param segments by column, the values that are segments by name, those with most rows first
 */
record ReferenceProfile(
    Map<String, ReferenceFeature> features, Map<String, List<String>> segments) {
  /** As {@code plumbline snapshot} names it in its folder. */
  private static final String FILE = "profile.parquet";

  /**
   * @param reference the file, or the folder that it is in
   * @param categoriesLimit {@code limits.categories}
   * @throws IOException if there is no profile, or a damaged one
   */
  static ReferenceProfile read(String reference, long categoriesLimit) throws IOException {
    Path path = new Path(reference);
    Path file = path.getName().endsWith(".parquet") ? path : new Path(path, FILE);
    return of(ProfileFile.read(file), categoriesLimit);
  }

  private static ReferenceProfile of(ProfileFile file, long categoriesLimit) {
    Map<String, ReferenceFeature> features = new HashMap<>();
    for (ProfileRow row : file.rows()) {
      features.put(row.feature(), row.reference(categoriesLimit));
    }
    Map<String, List<String>> segments = new HashMap<>();
    for (SegmentValues by : file.header().segments()) {
      segments.put(by.column(), by.names());
    }
    return new ReferenceProfile(features, segments);
  }
}
