package io.plumbline.drift.plan;

import io.plumbline.parquet.ArrayCodecs;
import io.plumbline.parquet.DamagedFile;
import io.plumbline.parquet.FlinkInputFile;
import io.plumbline.profile.ProfileHeader;
import io.plumbline.runtime.input.BadInput;
import java.io.IOException;
import java.io.Serializable;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.flink.core.fs.FileStatus;
import org.apache.flink.core.fs.Path;
import org.apache.parquet.ParquetReadOptions;
import org.apache.parquet.conf.PlainParquetConfiguration;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.metadata.BlockMetaData;
import org.apache.parquet.hadoop.metadata.ParquetMetadata;
import org.apache.parquet.io.SeekableInputStream;
import org.apache.parquet.schema.Type;

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
   */
  public record DataFile(
      String path, String relativeName, long length, long modified, List<RowGroup> rowGroups)
      implements Serializable {
    /** The file, open; whoever opened it closes it. */
    public ParquetFileReader open() throws IOException {
      return openFile(new Path(path), length);
    }
  }

  /**
   * A row group: its place among the file's, its extent in bytes, the number of the first of its
   * rows in the file.
   */
  public record RowGroup(int index, long offset, long length, long firstRow, long rows)
      implements Serializable {}

  /** A column and the first file that has it. */
  public record InputColumn(String name, ColumnType type, String firstFile)
      implements Serializable {}

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
   * @throws BadInput if there is nothing there, a file is no Parquet, or two files disagree about a
   *     column
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

  private static ParquetFileReader openFile(Path path, long length) throws IOException {
    return DamagedFile.unlessWhole(
        () -> ParquetFileReader.open(new FlinkInputFile(path, length), readOptions()));
  }

  private static final class Reader {
    /** After the footer: its length in four bytes, and PAR1. */
    private static final int LENGTH_AND_MAGIC = 8;

    private final FoundFiles found;
    private final String uri;
    private final Map<String, InputColumn> columns = new LinkedHashMap<>();
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
      if (profile == null && columns.isEmpty()) {
        throw new BadInput(
            "%s: Parquet without columns: there is nothing to compare".formatted(uri));
      }
      if (profile == null) {
        return new InputFiles(
            uri, files, columns, "sha256:" + HexFormat.of().formatHex(digest.digest()), null);
      }
      if (files.size() > 1) {
        throw new BadInput(
            "%s: %d files, a profile among them; expected data, or one profile ('plumbline snapshot merge' makes one of several)"
                .formatted(uri, files.size()));
      }
      return new InputFiles(uri, files, profiled(), profile.checksum(), profile);
    }

    private Map<String, InputColumn> profiled() {
      Map<String, InputColumn> byName = new LinkedHashMap<>();
      String path = files.get(0).path();
      for (ProfileHeader.Column column : profile.columns()) {
        ColumnType type =
            new ColumnType(
                ColumnType.Kind.valueOf(column.type().toUpperCase(Locale.ROOT)),
                column.scale(),
                column.physical());
        byName.put(column.name(), new InputColumn(column.name(), type, path));
      }
      return byName;
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
      ParquetMetadata footer = footer(path, status.getLen());
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
              path.toString(), relative, status.getLen(), status.getModificationTime(), groups));
      digest.update(
          "%s\n%s\n".formatted(relative, status.getLen()).getBytes(StandardCharsets.UTF_8));
      digest.update(footerBytes(path, status.getLen()));
      for (Type type : footer.getFileMetaData().getSchema().getFields()) {
        InputColumn column = new InputColumn(type.getName(), ColumnTypes.of(type), path.toString());
        InputColumn first = columns.putIfAbsent(column.name, column);
        if (first != null && !first.type.agreesWith(column.type)) {
          throw new BadInput(
              "%s: column %s is %s, but %s in %s; expected one type in all files"
                  .formatted(path, column.name, column.type, first.type, first.firstFile));
        }
      }
    }

    /** The footer as it is in the file: what is made of it is written in no fixed order. */
    private static byte[] footerBytes(Path path, long length) {
      try (SeekableInputStream in = new FlinkInputFile(path, length).newStream()) {
        byte[] end = new byte[LENGTH_AND_MAGIC];
        in.seek(length - end.length);
        in.readFully(end);
        byte[] footer = new byte[ByteBuffer.wrap(end).order(ByteOrder.LITTLE_ENDIAN).getInt()];
        in.seek(length - end.length - footer.length);
        in.readFully(footer);
        return footer;
      } catch (IOException e) {
        throw new BadInput("%s: cannot be read: %s".formatted(path, reason(e)), e);
      }
    }

    private static ParquetMetadata footer(Path path, long length) {
      try (ParquetFileReader reader = openFile(path, length)) {
        return reader.getFooter();
      } catch (IOException e) {
        throw new BadInput("%s: %s".formatted(path, NotParquet.why(path, length, e)), e);
      }
    }
  }
}
