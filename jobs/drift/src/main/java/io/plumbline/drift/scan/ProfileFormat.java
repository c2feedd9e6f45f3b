package io.plumbline.drift.scan;

import io.plumbline.drift.plan.InputFiles;
import io.plumbline.drift.plan.ScanPlan;
import java.io.IOException;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.connector.file.src.FileSourceSplit;
import org.apache.flink.connector.file.src.reader.BulkFormat;

/**
 * Reads a row group column by column into summaries, so that neither rows nor cells ever become
 * records: what leaves the source is one part of a profile for each column and segment (or a few,
 * if its values are many).
 */
public final class ProfileFormat implements BulkFormat<ProfilePart, FileSourceSplit> {
  /** A part only gathers values; they are sorted once, where they are put together. */
  static final int UNSORTED = Integer.MAX_VALUE;

  private final ScanPlan plan;
  private final InputFiles input;

  public ProfileFormat(ScanPlan plan, InputFiles input) {
    this.plan = plan;
    this.input = input;
  }

  @Override
  public Reader<ProfilePart> createReader(Configuration config, FileSourceSplit split)
      throws IOException {
    int slash = split.splitId().indexOf('/');
    InputFiles.DataFile file =
        input.files().get(Integer.parseInt(split.splitId().substring(0, slash)));
    InputFiles.RowGroup group =
        file.rowGroups().get(Integer.parseInt(split.splitId().substring(slash + 1)));
    return input.profile() == null
        ? new RowGroupReader(plan, input, file, group)
        : new StoredProfileReader(plan, input, file, group);
  }

  @Override
  public Reader<ProfilePart> restoreReader(Configuration config, FileSourceSplit split)
      throws IOException {
    return createReader(config, split);
  }

  @Override
  public boolean isSplittable() {
    return true;
  }

  @Override
  public TypeInformation<ProfilePart> getProducedType() {
    return TypeInformation.of(ProfilePart.class);
  }
}
