package io.plumbline.featurehealth.registry;

import io.plumbline.runtime.profile.ProfileFile;
import io.plumbline.runtime.profile.ProfileRow;
import io.plumbline.runtime.profile.ReferenceFeature;
import io.plumbline.runtime.segment.SegmentValues;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.flink.core.fs.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The reference profiles that were asked for, each read once. */
final class ReferenceProfiles {
  private static final Logger LOG = LoggerFactory.getLogger(ReferenceProfiles.class);

  /** As {@code plumbline snapshot} names it in its folder. */
  private static final String FILE = "profile.parquet";

  private final long categoriesLimit;
  private final Map<String, Optional<Profile>> read = new HashMap<>();

  /**
   * What streams take of a profile.
   *
   * @param segments by column, the values that are segments by name, those with most rows first
   */
  record Profile(Map<String, ReferenceFeature> features, Map<String, List<String>> segments) {}

  ReferenceProfiles(long categoriesLimit) {
    this.categoriesLimit = categoriesLimit;
  }

  /** Empty if there is no profile: a job that watches does not stop for what it compares with. */
  synchronized Optional<Profile> at(String reference) {
    return read.computeIfAbsent(reference, this::read);
  }

  /**
   * Tries those again that could not be read.
   *
   * @return whether one can be read now
   */
  synchronized boolean retry() {
    boolean found = false;
    for (Map.Entry<String, Optional<Profile>> reference : read.entrySet()) {
      if (reference.getValue().isEmpty()) {
        reference.setValue(read(reference.getKey()));
        found |= reference.getValue().isPresent();
      }
    }
    return found;
  }

  private Optional<Profile> read(String reference) {
    try {
      Path path = new Path(reference);
      Path file = path.getName().endsWith(".parquet") ? path : new Path(path, FILE);
      return Optional.of(profile(ProfileFile.read(file)));
    } catch (IOException | RuntimeException e) {
      LOG.warn(
          "{}: no reference profile, which 'plumbline snapshot' makes of data: {}; what depends on training data is not checked",
          reference,
          e.getMessage());
      return Optional.empty();
    }
  }

  private Profile profile(ProfileFile file) {
    Map<String, ReferenceFeature> features = new HashMap<>();
    for (ProfileRow row : file.rows()) {
      features.put(row.feature(), ReferenceFeature.of(row, categoriesLimit));
    }
    Map<String, List<String>> segments = new HashMap<>();
    for (SegmentValues by : file.header().segments()) {
      segments.put(by.column(), by.names());
    }
    return new Profile(features, segments);
  }
}
