package io.plumbline.drift.scan;

import io.plumbline.drift.plan.InputFiles;
import io.plumbline.drift.plan.ScanPlan;
import org.apache.flink.connector.file.src.FileSource;
import org.apache.flink.core.fs.Path;

/** The source of a snapshot: the row groups of its files, read into parts of a profile. */
public final class ProfileSource {
  private ProfileSource() {}

  public static FileSource<ProfilePart> of(ScanPlan plan, InputFiles input) {
    return FileSource.forBulkFileFormat(new ProfileFormat(plan, input), new Path(input.uri()))
        .setFileEnumerator(() -> new RowGroups(input))
        .build();
  }
}
