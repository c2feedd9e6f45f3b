package io.plumbline.parquet;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.apache.parquet.format.FileMetaData;
import org.apache.parquet.format.Util;
import org.apache.parquet.io.InputFile;
import org.apache.parquet.io.SeekableInputStream;

/**
 * A Parquet file as parquet-java can read it: with its own footer, or with one from which those
 * columns are taken that would cost the whole file, or that cannot be found by their name ({@link
 * FooterColumns}).
 */
public final class ReadableFile implements InputFile {
  private static final byte[] MAGIC = "PAR1".getBytes(StandardCharsets.US_ASCII);

  /** After the footer: its length in four bytes, and the magic. */
  private static final int TAIL = Integer.BYTES + 4;

  /** A column that is taken from the footer, and why. */
  public record Taken(String column, Reason reason) {}

  /** Why a column is taken from the footer. */
  public enum Reason {
    /** It is of the null type: no cell has a value. */
    NO_TYPE,
    /** It is of a logical type that is not known here. */
    UNKNOWN_TYPE,
    /** An earlier column of the file has its name. */
    SECOND_OF_ITS_NAME
  }

  private final InputFile file;
  private final byte[] footer;
  private final byte[] end;
  private final List<Taken> taken;

  private ReadableFile(InputFile file, byte[] footer, byte[] end, List<Taken> taken) {
    this.file = file;
    this.footer = footer;
    this.end = end;
    this.taken = taken;
  }

  /**
   * Reads the footer. What is no Parquet file is left as it is: whoever opens it says what is
   * wrong.
   */
  public static ReadableFile of(InputFile file) throws IOException {
    byte[] footer = footer(file);
    if (footer.length == 0) {
      return new ReadableFile(file, footer, new byte[0], List.of());
    }
    FileMetaData metadata = Util.readFileMetaData(new ByteArrayInputStream(footer));
    List<Taken> taken = FooterColumns.take(metadata);
    return new ReadableFile(file, footer, taken.isEmpty() ? new byte[0] : written(metadata), taken);
  }

  private static byte[] footer(InputFile file) throws IOException {
    long length = file.getLength();
    if (length < MAGIC.length + TAIL) {
      return new byte[0];
    }
    try (SeekableInputStream in = file.newStream()) {
      byte[] tail = new byte[TAIL];
      in.seek(length - TAIL);
      in.readFully(tail);
      int size = ByteBuffer.wrap(tail).order(ByteOrder.LITTLE_ENDIAN).getInt();
      boolean parquet = Arrays.equals(tail, Integer.BYTES, TAIL, MAGIC, 0, MAGIC.length);
      if (!parquet || size <= 0 || size > length - TAIL - MAGIC.length) {
        return new byte[0];
      }
      byte[] footer = new byte[size];
      in.seek(length - TAIL - size);
      in.readFully(footer);
      return footer;
    }
  }

  private static byte[] written(FileMetaData metadata) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    Util.writeFileMetaData(metadata, out);
    byte[] tail =
        ByteBuffer.allocate(TAIL)
            .order(ByteOrder.LITTLE_ENDIAN)
            .putInt(out.size())
            .put(MAGIC)
            .array();
    out.write(tail);
    return out.toByteArray();
  }

  /** The footer's bytes as the file has them; none if it is no Parquet file. */
  public byte[] footer() {
    return footer;
  }

  /** The columns that are in the file, but not here. */
  public List<Taken> taken() {
    return taken;
  }

  /** Where the file's own footer begins. */
  private long cut() {
    return lengthOfFile() - TAIL - footer.length;
  }

  private long lengthOfFile() {
    try {
      return file.getLength();
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  @Override
  public long getLength() throws IOException {
    return taken.isEmpty() ? file.getLength() : cut() + end.length;
  }

  @Override
  public SeekableInputStream newStream() throws IOException {
    SeekableInputStream in = file.newStream();
    return taken.isEmpty() ? in : SplicedStream.of(in, cut(), end);
  }

  @Override
  public String toString() {
    return file.toString();
  }
}
