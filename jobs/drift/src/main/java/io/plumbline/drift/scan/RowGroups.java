package io.plumbline.drift.scan;

import io.plumbline.drift.plan.InputFiles;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.apache.flink.connector.file.src.FileSourceSplit;
import org.apache.flink.connector.file.src.enumerate.FileEnumerator;
import org.apache.flink.core.fs.Path;

/** One split for each row group: a local file is a single block, and would keep one core busy. */
final class RowGroups implements FileEnumerator {
  private final InputFiles input;

  RowGroups(InputFiles input) {
    this.input = input;
  }

  @Override
  public Collection<FileSourceSplit> enumerateSplits(Path[] paths, int minDesiredSplits) {
    List<FileSourceSplit> splits = new ArrayList<>();
    for (int f = 0; f < input.files().size(); f++) {
      InputFiles.DataFile file = input.files().get(f);
      for (InputFiles.RowGroup group : file.rowGroups()) {
        splits.add(
            new FileSourceSplit(
                f + "/" + group.index(),
                new Path(file.path()),
                group.offset(),
                group.length(),
                file.modified(),
                file.length()));
      }
    }
    return splits;
  }
}
