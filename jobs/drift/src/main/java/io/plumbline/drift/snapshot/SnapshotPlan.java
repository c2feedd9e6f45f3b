package io.plumbline.drift.snapshot;

import io.plumbline.drift.plan.DriftPlan.LeftOut;
import io.plumbline.drift.plan.InputFiles;
import io.plumbline.drift.plan.ScanPlan;
import io.plumbline.profile.ProfileHeader;
import io.plumbline.runtime.segment.SegmentValues;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/**
 * All that a profile is made by.
 *
 * @param inputs data, or profiles that are put together
 * @param columns those of the data
 * @param segments the values that are segments by name, as {@code scan} has them
 * @param exact whether every value is kept
 * @param leftOut columns that are no features
 * @param output the folder that gets the file
 */
public record SnapshotPlan(
    String model,
    String modelVersion,
    List<InputFiles> inputs,
    List<ProfileHeader.Column> columns,
    ScanPlan scan,
    List<SegmentValues> segments,
    boolean exact,
    List<LeftOut> leftOut,
    String output)
    implements Serializable {

  /** Whether profiles are put together, rather than data profiled. */
  boolean merges() {
    return inputs.get(0).profile() != null;
  }

  public long rows() {
    return inputs.stream().mapToLong(InputFiles::rows).sum();
  }

  /** What the file says of itself, once it is known which features have rows. */
  ProfileHeader header(Collection<ProfileHeader.Feature> features, List<LeftOut> more) {
    List<ProfileHeader.LeftOut> without = new ArrayList<>();
    leftOut.forEach(left -> without.add(new ProfileHeader.LeftOut(left.column(), left.reason())));
    more.forEach(left -> without.add(new ProfileHeader.LeftOut(left.column(), left.reason())));
    return new ProfileHeader(
        ProfileHeader.FORMAT,
        model,
        modelVersion,
        exact,
        inputs.stream()
            .flatMap(input -> sources(input).stream())
            .sorted(ProfileHeader.Source.ORDER)
            .toList(),
        columns,
        List.copyOf(features),
        without,
        segments);
  }

  private static List<ProfileHeader.Source> sources(InputFiles input) {
    return input.profile() == null
        ? List.of(new ProfileHeader.Source(input.uri(), input.checksum(), input.rows()))
        : input.profile().sources();
  }
}
