package io.plumbline.drift.scan;

import io.plumbline.parquet.DamagedFile;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.EnumSet;
import java.util.Set;
import org.apache.parquet.ParquetRuntimeException;
import org.apache.parquet.bytes.ByteBufferInputStream;
import org.apache.parquet.bytes.BytesInput;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.Dictionary;
import org.apache.parquet.column.Encoding;
import org.apache.parquet.column.page.DataPage;
import org.apache.parquet.column.page.DataPageV1;
import org.apache.parquet.column.page.DataPageV2;
import org.apache.parquet.column.page.DictionaryPage;
import org.apache.parquet.column.page.PageReader;

/**
 * Batches cut from decompressed pages. A page's values without its nulls are a dense array already,
 * or ids of the dictionary, so that most of decoding is copying. A batch does not go beyond its
 * page.
 */
final class PageBatches<C extends BatchCells> extends CellBatches<C> {
  /** What values, and levels, may be written in. */
  @SuppressWarnings("deprecation") // old files have them
  private static final Set<Encoding> ENCODINGS =
      EnumSet.of(
          Encoding.PLAIN,
          Encoding.PLAIN_DICTIONARY,
          Encoding.RLE_DICTIONARY,
          Encoding.RLE,
          Encoding.BIT_PACKED);

  private final PageReader pages;
  private final boolean nullable;
  private final DictionaryIds dictionary;
  private final Presence presence = new Presence();
  private byte[] page = {};
  private int position;
  private int end;
  private int rowsInPage;
  private boolean pageCoded;
  private int[] ids;
  private boolean idsPassed;

  PageBatches(C cells, int total, ColumnDescriptor leaf, PageReader pages) throws IOException {
    super(cells, total);
    this.pages = pages;
    nullable = leaf.getMaxDefinitionLevel() > 0;
    DictionaryPage entries = DamagedFile.unlessWhole(pages::readDictionaryPage);
    if (entries != null) {
      setDictionary(cells, leaf, entries);
    }
    dictionary = new DictionaryIds(cells.entries());
  }

  private static void setDictionary(BatchCells cells, ColumnDescriptor leaf, DictionaryPage entries)
      throws IOException {
    Dictionary values =
        DamagedFile.unlessWhole(() -> entries.getEncoding().initDictionary(leaf, entries));
    try {
      cells.setDictionary(values);
    } catch (ParquetRuntimeException e) {
      throw new DamagedFile(e);
    }
  }

  /**
   * Whether it can read a column.
   *
   * @param encodings all that the footer names
   */
  static boolean reads(BatchCells cells, ColumnDescriptor leaf, Set<Encoding> encodings) {
    return cells.pageable()
        && leaf.getMaxDefinitionLevel() <= 1
        && ENCODINGS.containsAll(encodings);
  }

  @Override
  Decoder decoder() {
    return Decoder.PAGES;
  }

  @Override
  void fill() throws IOException {
    if (coded() && !idsPassed) {
      dictionary.next(values());
    }
    ids = null;
    idsPassed = false;
    while (rowsInPage == 0) {
      beginPage();
    }
    int rows = Math.min(MOST_ROWS, rowsInPage);
    rowsInPage -= rows;
    int values = presence.next(rows);
    if (!pageCoded) {
      position = cells().plain(page, position, end, values);
    }
    filled(rows, values, pageCoded);
  }

  private void beginPage() throws IOException {
    DataPage next = DamagedFile.unlessWhole(pages::readPage);
    if (next == null) {
      throw new EOFException("its pages end after %s rows".formatted(first()));
    }
    rowsInPage = next.getValueCount();
    if (rowsInPage < 0 || rowsInPage > left()) {
      throw new IOException("a page has %s rows where %s are left".formatted(rowsInPage, left()));
    }
    if (rowsInPage == 0) {
      return;
    }
    if (next instanceof DataPageV1 first) {
      take(first.getBytes());
      levels(first.getDlEncoding());
      values(first.getValueEncoding());
    } else if (next instanceof DataPageV2 second) {
      if (nullable) {
        take(second.getDefinitionLevels());
        presence.begin(page, position, end);
      } else {
        presence.beginRequired();
      }
      take(second.getData());
      values(second.getDataEncoding());
    } else {
      throw new IOException("pages of an unknown version");
    }
  }

  private void take(BytesInput bytes) throws IOException {
    ByteBuffer buffer = DamagedFile.unlessWhole(() -> whole(bytes.toInputStream()));
    if (buffer.hasArray()) {
      page = buffer.array();
      position = buffer.arrayOffset() + buffer.position();
    } else {
      page = new byte[buffer.remaining()];
      buffer.duplicate().get(page);
      position = 0;
    }
    end = position + buffer.remaining();
  }

  private static ByteBuffer whole(ByteBufferInputStream in) throws IOException {
    return in.slice(in.available());
  }

  /** The levels before the values, in pages of the first version. */
  @SuppressWarnings("deprecation") // old files have them
  private void levels(Encoding encoding) throws IOException {
    if (!nullable) {
      presence.beginRequired();
    } else if (encoding == Encoding.RLE) {
      int from = BatchCells.end(position, end, 1, Integer.BYTES);
      int length = ByteBuffer.wrap(page).order(ByteOrder.LITTLE_ENDIAN).getInt(position);
      if (length < 0 || length > end - from) {
        throw new EOFException("a page ends within its %s bytes of levels".formatted(length));
      }
      position = from + length;
      presence.begin(page, from, position);
    } else if (encoding == Encoding.BIT_PACKED) {
      int from = position;
      position = BatchCells.end(from, end, (rowsInPage + Byte.SIZE - 1) / Byte.SIZE, Byte.BYTES);
      presence.beginBits(page, from, position);
    } else {
      throw new IOException("a page has levels in " + encoding);
    }
  }

  private void values(Encoding encoding) throws IOException {
    switch (encoding) {
      case PLAIN -> pageCoded = false;
      case PLAIN_DICTIONARY, RLE_DICTIONARY -> {
        pageCoded = true;
        dictionary.begin(page, position, end);
      }
      default ->
          throw new IOException(
              "a page is in %s, which the footer does not name".formatted(encoding));
    }
  }

  @Override
  int[] rowsOfValues() {
    return presence.rowsOfValues();
  }

  @Override
  int[] ids() throws IOException {
    if (ids == null) {
      passIds();
      ids = dictionary.next(values());
    }
    return ids;
  }

  @Override
  void count(int[] counters) throws IOException {
    if (ids == null) {
      passIds();
      dictionary.count(values(), counters);
    } else {
      DictionaryIds.count(ids, values(), counters);
    }
  }

  private void passIds() {
    if (idsPassed) {
      throw new IllegalStateException("the ids are counted already");
    }
    idsPassed = true;
  }
}
