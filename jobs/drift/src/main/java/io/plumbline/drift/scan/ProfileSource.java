package io.plumbline.drift.scan;

import io.plumbline.drift.plan.InputFiles;
import io.plumbline.drift.plan.ScanPlan;
import org.apache.flink.connector.file.src.FileSource;
import org.apache.flink.core.fs.Path;

/** The source of one side: its files' row groups, read into profiles. */
public final class ProfileSource {
  private ProfileSource() {}

  public static FileSource<ProfilePart> of(ScanPlan plan, InputFiles input, boolean current) {
    return FileSource.forBulkFileFormat(
            new ProfileFormat(plan, input, current), new Path(input.uri()))
        .setFileEnumerator(() -> new RowGroups(input))
        .build();
  }
}
