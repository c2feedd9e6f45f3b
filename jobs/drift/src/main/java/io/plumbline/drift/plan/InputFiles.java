package io.plumbline.drift.plan;

import io.plumbline.parquet.ArrayCodecs;
import io.plumbline.parquet.DamagedFile;
import io.plumbline.parquet.FlinkInputFile;
import io.plumbline.parquet.ReadableFile;
import io.plumbline.profile.ProfileHeader;
import io.plumbline.runtime.input.BadInput;
import java.io.IOException;
import java.io.Serializable;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.apache.flink.core.fs.FileStatus;
import org.apache.flink.core.fs.Path;
import org.apache.parquet.ParquetReadOptions;
import org.apache.parquet.conf.PlainParquetConfiguration;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.metadata.BlockMetaData;
import org.apache.parquet.hadoop.metadata.ParquetMetadata;
import org.apache.parquet.io.InputFile;

/**
 * One side of the comparison: the Parquet files under a path, what columns they have and where
 * their row groups are; or the profile of such files, which stands for them. Only footers have been
 * read.
 *
 * @param uri the path as given, with {@code {date}} filled in
 * @param columns by name, in the order of the first file that has them; a profile's are those of
 *     what it was made of, and so is its checksum
 * @param profile null: the files are data
 */
public record InputFiles(
    String uri,
    List<DataFile> files,
    Map<String, InputColumn> columns,
    String checksum,
    ProfileHeader profile)
    implements Serializable {

  /**
   * A file.
   *
   * @param relativeName its path below the input, or its name if it is the input
   * @param mended whether its footer has columns that must be taken out for the others to be read
   */
  public record DataFile(
      String path,
      String relativeName,
      long length,
      long modified,
      boolean mended,
      List<RowGroup> rowGroups)
      implements Serializable {
    /** The columns, and nulls among their values, that the names of its folders give. */
    public Map<String, String> partitions() {
      return Partitions.of(relativeName);
    }

    /** The file, open; whoever opened it closes it. */
    public ParquetFileReader open() throws IOException {
      InputFile file = new FlinkInputFile(new Path(path), length);
      return DamagedFile.unlessWhole(
          () -> ParquetFileReader.open(mended ? ReadableFile.of(file) : file, readOptions()));
    }
  }

  /**
   * A row group: its place among the file's, its extent in bytes, the number of the first of its
   * rows in the file.
   */
  public record RowGroup(int index, long offset, long length, long firstRow, long rows)
      implements Serializable {}

  /**
   * A column.
   *
   * @param type in which the cells of all files can be read, if there is one; else that of the
   *     first file in which it has values, or of the first file
   * @param firstFile the first file that has it
   * @param found the types that it has where it has values
   * @param secondIn the first file with a second column of this name, which is not read; null: none
   * @param origin where its values are
   */
  public record InputColumn(
      String name,
      ColumnType type,
      String firstFile,
      List<FoundType> found,
      String secondIn,
      ColumnOrigin origin)
      implements Serializable {

    /** A column of one type in all files, with values. */
    public InputColumn(String name, ColumnType type, String firstFile) {
      this(
          name,
          type,
          firstFile,
          List.of(new FoundType(type, firstFile, BigInteger.ZERO)),
          null,
          ColumnOrigin.FILES);
    }

    /** The same, read as another type. */
    public InputColumn as(ColumnType other) {
      return new InputColumn(name, other, firstFile, found, secondIn, origin);
    }

    /** Whether any cell has a value. */
    public boolean hasValues() {
      return !found.isEmpty();
    }

    /** Whether its files are of one type, or of types that convert to one. */
    public boolean isOne() {
      return found.isEmpty() || CommonType.of(found).isPresent();
    }
  }

  /** Rows of data. */
  public long rows() {
    if (profile != null) {
      return profile.rows();
    }
    long rows = 0;
    for (DataFile file : files) {
      for (RowGroup group : file.rowGroups) {
        rows += group.rows;
      }
    }
    return rows;
  }

  /**
   * Reads the footers of the files that a path names.
   *
   * @param option that gave the path, for errors
   * @throws BadInput if there is nothing there, or a file is no Parquet
   */
  public static InputFiles at(String uri, String option) {
    return of(FoundFiles.at(uri, option, skipped -> {}));
  }

  /**
   * Reads the footers of files.
   *
   * @throws BadInput if one is no Parquet, or two disagree about a column
   */
  public static InputFiles of(FoundFiles found) {
    return new Reader(found).read();
  }

  private static String reason(Throwable e) {
    return e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
  }

  /**
   * How files are read everywhere: pages are checked against their CRC where the writer gave one.
   */
  private static ParquetReadOptions readOptions() {
    ParquetReadOptions.Builder options =
        ParquetReadOptions.builder(new PlainParquetConfiguration())
            .usePageChecksumVerification(true);
    return options.withCodecFactory(new ArrayCodecs(options.build().getCodecFactory())).build();
  }

  private static final class Reader {
    private final FoundFiles found;
    private final String uri;
    private final FoundColumns columns = new FoundColumns();
    private final List<DataFile> files = new ArrayList<>();
    private final MessageDigest digest = sha256();
    private ProfileHeader profile;

    Reader(FoundFiles found) {
      this.found = found;
      uri = found.uri();
    }

    private static MessageDigest sha256() {
      try {
        return MessageDigest.getInstance("SHA-256");
      } catch (NoSuchAlgorithmException e) {
        throw new AssertionError("every Java platform has SHA-256", e);
      }
    }

    InputFiles read() {
      for (FileStatus status : found.files()) {
        read(status);
      }
      if (profile == null && columns.byName().isEmpty()) {
        throw new BadInput(
            "%s: Parquet without columns: there is nothing to compare".formatted(uri));
      }
      if (profile == null) {
        return new InputFiles(
            uri,
            files,
            columns.byName(),
            "sha256:" + HexFormat.of().formatHex(digest.digest()),
            null);
      }
      if (files.size() > 1) {
        throw new BadInput(
            "%s: %s files, a profile among them; expected data, or one profile ('plumbline snapshot merge' makes one of several)"
                .formatted(uri, files.size()));
      }
      return new InputFiles(
          uri,
          files,
          ProfiledColumns.of(profile, files.get(0).path()),
          profile.checksum(),
          profile);
    }

    private static ProfileHeader header(Path path, ParquetMetadata footer) {
      String json = footer.getFileMetaData().getKeyValueMetaData().get(ProfileHeader.KEY);
      try {
        return json == null ? null : ProfileHeader.parse(json);
      } catch (IOException e) {
        throw new BadInput("%s: not a profile that can be used: %s".formatted(path, reason(e)), e);
      }
    }

    private void read(FileStatus status) {
      Path path = status.getPath();
      ReadableFile file = readable(path, status.getLen());
      ParquetMetadata footer = footer(path, status.getLen(), file);
      ProfileHeader header = header(path, footer);
      profile = header == null ? profile : header;
      List<RowGroup> groups = new ArrayList<>();
      long firstRow = 0;
      for (BlockMetaData block : footer.getBlocks()) {
        groups.add(
            new RowGroup(
                groups.size(),
                block.getStartingPos(),
                block.getCompressedSize(),
                firstRow,
                block.getRowCount()));
        firstRow += block.getRowCount();
      }
      String relative = found.relativeName(path);
      files.add(
          new DataFile(
              path.toString(),
              relative,
              status.getLen(),
              status.getModificationTime(),
              !file.taken().isEmpty(),
              groups));
      digest.update(
          "%s\n%s\n".formatted(relative, status.getLen()).getBytes(StandardCharsets.UTF_8));
      digest.update(file.footer());
      columns.add(path.toString(), footer, file.taken(), Partitions.of(relative));
    }

    private static ReadableFile readable(Path path, long length) {
      try {
        return DamagedFile.unlessWhole(() -> ReadableFile.of(new FlinkInputFile(path, length)));
      } catch (IOException e) {
        throw new BadInput("%s: %s".formatted(path, NotParquet.why(path, length, e)), e);
      }
    }

    private static ParquetMetadata footer(Path path, long length, ReadableFile file) {
      try (ParquetFileReader reader =
          DamagedFile.unlessWhole(() -> ParquetFileReader.open(file, readOptions()))) {
        return reader.getFooter();
      } catch (IOException e) {
        throw new BadInput("%s: %s".formatted(path, NotParquet.why(path, length, e)), e);
      }
    }
  }
}
