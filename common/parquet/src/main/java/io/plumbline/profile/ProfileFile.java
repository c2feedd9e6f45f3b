package io.plumbline.profile;

import io.plumbline.parquet.DamagedFile;
import io.plumbline.parquet.FlinkInputFile;
import io.plumbline.parquet.TableReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.core.fs.Path;
import org.apache.parquet.hadoop.ParquetFileReader;

/**
 * A whole profile, in memory.
 *
 * @param rows of the empty segment, in the order of the header's features, without those of columns
 *     that it leaves out
 */
public record ProfileFile(ProfileHeader header, List<ProfileRow> rows) {
  /** As {@code plumbline snapshot} names it in its folder. */
  private static final String NAME = "profile.parquet";

  /**
   * The file of a reference.
   *
   * @param reference the file, or the folder that it is in
   */
  static Path of(String reference) {
    Path path = new Path(reference);
    return path.getName().endsWith(".parquet") ? path : new Path(path, NAME);
  }

  /**
   * @throws IOException if it is no profile, of another format, or damaged
   */
  public static ProfileFile read(Path file) throws IOException {
    FlinkInputFile bytes = FlinkInputFile.of(file);
    try (ParquetFileReader parquet = DamagedFile.unlessWhole(() -> ParquetFileReader.open(bytes))) {
      ProfileHeader header = header(parquet, file);
      TableReader<ProfileRow> reader = new TableReader<>(parquet, ProfileRow.class);
      // Identifiers may be millions of texts, which nobody wants here.
      reader.keep("segment", String::isEmpty);
      reader.keep("feature", feature -> header.reasonWithout(feature).isEmpty());
      List<ProfileRow> rows = new ArrayList<>();
      for (int group = 0; group < parquet.getRowGroups().size(); group++) {
        reader.rowGroup(group).forEachRemaining(rows::add);
      }
      return new ProfileFile(header, rows);
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  /**
   * Reads the header alone.
   *
   * @throws IOException if it is no profile, of another format, or damaged
   */
  static ProfileHeader readHeader(Path file) throws IOException {
    FlinkInputFile bytes = FlinkInputFile.of(file);
    try (ParquetFileReader parquet = DamagedFile.unlessWhole(() -> ParquetFileReader.open(bytes))) {
      return header(parquet, file);
    }
  }

  private static ProfileHeader header(ParquetFileReader parquet, Path file) throws IOException {
    String json = parquet.getFileMetaData().getKeyValueMetaData().get(ProfileHeader.KEY);
    if (json == null) {
      throw new IOException(file + ": not a profile");
    }
    return ProfileHeader.parse(json);
  }
}
