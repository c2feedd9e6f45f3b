package io.plumbline.profile;

import io.plumbline.runtime.expectation.ReferenceFeature;
import io.plumbline.runtime.segment.SegmentValues;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What streams take of a reference profile that check features by it.
 *
 * @param segments by column, the values that are segments by name, those with most rows first
 */
public record ReferenceProfile(
    Map<String, ReferenceFeature> features, Map<String, List<String>> segments) {
  /**
   * @param reference the file, or the folder that it is in
   * @param categoriesLimit {@code limits.categories}
   * @throws IOException if there is no profile, or a damaged one
   */
  public static ReferenceProfile read(String reference, long categoriesLimit) throws IOException {
    return of(ProfileFile.read(ProfileFile.of(reference)), categoriesLimit);
  }

  private static ReferenceProfile of(ProfileFile file, long categoriesLimit) {
    Map<String, ReferenceFeature> features = new HashMap<>();
    for (ProfileRow row : file.rows()) {
      features.put(row.feature(), row.reference(categoriesLimit));
    }
    return new ReferenceProfile(features, segments(file.header()));
  }

  /**
   * Its segments alone.
   *
   * @param reference the file, or the folder that it is in
   * @throws IOException if there is no profile, or a damaged one
   */
  public static Map<String, List<String>> readSegments(String reference) throws IOException {
    return segments(ProfileFile.readHeader(ProfileFile.of(reference)));
  }

  private static Map<String, List<String>> segments(ProfileHeader header) {
    Map<String, List<String>> segments = new HashMap<>();
    for (SegmentValues by : header.segments()) {
      segments.put(by.column(), by.names());
    }
    return segments;
  }
}
