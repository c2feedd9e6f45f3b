package io.plumbline.drift.scan;

import io.plumbline.drift.plan.InputFiles;
import io.plumbline.runtime.input.BadInput;
import java.io.Closeable;
import java.io.IOException;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.parquet.hadoop.ParquetFileReader;

/**
 * The files that were read last, open: each is read once for every feature, and its footer, which
 * describes all columns, need not be.
 */
final class OpenFiles implements Closeable {
  private static final int MOST_FILES = 128;

  /** Footers hold some hundred bytes for each chunk of a column. */
  private static final int MOST_CHUNKS = 1 << 16;

  private final Map<String, ParquetFileReader> open = new LinkedHashMap<>(16, 0.75f, true);
  private int chunks;

  RowGroupColumns columns(InputFiles.DataFile file, InputFiles.RowGroup group) throws IOException {
    ParquetFileReader reader = open.get(file.path());
    if (reader == null) {
      reader = open(file);
      open.put(file.path(), reader);
      chunks += chunks(reader);
      closeOldest();
    }
    return RowGroupColumns.of(reader, file, group);
  }

  private static ParquetFileReader open(InputFiles.DataFile file) {
    try {
      return file.open();
    } catch (IOException e) {
      throw new BadInput(
          "%s: cannot be read any more: %s".formatted(file.path(), e.getMessage()), e);
    }
  }

  private static int chunks(ParquetFileReader reader) {
    return reader.getRowGroups().stream().mapToInt(group -> group.getColumns().size()).sum();
  }

  private void closeOldest() throws IOException {
    Iterator<ParquetFileReader> oldest = open.values().iterator();
    while (open.size() > MOST_FILES || (chunks > MOST_CHUNKS && open.size() > 1)) {
      ParquetFileReader reader = oldest.next();
      chunks -= chunks(reader);
      oldest.remove();
      reader.close();
    }
  }

  @Override
  public void close() throws IOException {
    for (ParquetFileReader reader : open.values()) {
      reader.close();
    }
    open.clear();
  }
}
