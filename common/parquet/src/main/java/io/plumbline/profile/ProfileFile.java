package io.plumbline.profile;

import io.plumbline.parquet.DamagedFile;
import io.plumbline.parquet.FlinkInputFile;
import io.plumbline.parquet.TableReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.apache.flink.core.fs.Path;
import org.apache.parquet.hadoop.ParquetFileReader;

/**
 * A whole profile, in memory.
 *
 * @param rows of the empty segment, in the order of the header's features
 */
public record ProfileFile(ProfileHeader header, List<ProfileRow> rows) {

  /**
   * @throws IOException if it is no profile, of another format, or damaged
   */
  public static ProfileFile read(Path file) throws IOException {
    FlinkInputFile bytes = FlinkInputFile.of(file);
    try (ParquetFileReader parquet = DamagedFile.unlessWhole(() -> ParquetFileReader.open(bytes))) {
      String json = parquet.getFileMetaData().getKeyValueMetaData().get(ProfileHeader.KEY);
      if (json == null) {
        throw new IOException(file + ": not a profile");
      }
      ProfileHeader header = ProfileHeader.parse(json);
      TableReader<ProfileRow> reader = new TableReader<>(parquet, ProfileRow.class);
      List<ProfileRow> rows = new ArrayList<>();
      for (int group = 0; group < parquet.getRowGroups().size(); group++) {
        for (Iterator<ProfileRow> some = reader.rowGroup(group); some.hasNext(); ) {
          ProfileRow row = some.next();
          if (row.segment().isEmpty()) {
            rows.add(row);
          }
        }
      }
      return new ProfileFile(header, rows);
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }
}
