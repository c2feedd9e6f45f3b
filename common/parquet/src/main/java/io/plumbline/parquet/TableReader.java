package io.plumbline.parquet;

import io.plumbline.parquet.TableSchema.Column;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.reflect.Constructor;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.apache.parquet.column.page.PageReadStore;
import org.apache.parquet.filter.AndRecordFilter;
import org.apache.parquet.filter.ColumnPredicates;
import org.apache.parquet.filter.ColumnRecordFilter;
import org.apache.parquet.filter.UnboundRecordFilter;
import org.apache.parquet.filter2.compat.FilterCompat;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.io.ColumnIOFactory;
import org.apache.parquet.io.MessageColumnIO;
import org.apache.parquet.io.RecordReader;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.io.api.Converter;
import org.apache.parquet.io.api.GroupConverter;
import org.apache.parquet.io.api.PrimitiveConverter;
import org.apache.parquet.io.api.RecordMaterializer;
import org.apache.parquet.schema.MessageType;

/**
 * Reads back what a {@link TableWriter} wrote.
 *
 * @param <R> the record of a row; every component is in the file
 */
public final class TableReader<R extends Record> {
  private final ParquetFileReader file;
  private final Class<R> type;
  private final MessageType schema;

  /** Which rows are kept; null: all. */
  private UnboundRecordFilter kept;

  /**
   * @param file whose footer has been read; its owner closes it
   * @throws IOException if its columns are not those of the record
   */
  public TableReader(ParquetFileReader file, Class<R> type) throws IOException {
    this.file = file;
    this.type = type;
    schema = TableSchema.of(type).parquet();
    MessageType found = file.getFileMetaData().getSchema();
    if (!found.equals(schema)) {
      throw new IOException("its columns are %s; expected %s".formatted(found, schema));
    }
  }

  /**
   * Keeps only rows with such a text in a column, beside what is asked for already. The others are
   * not decoded.
   */
  public void keep(String column, Predicate<String> texts) {
    UnboundRecordFilter filter =
        ColumnRecordFilter.column(column, ColumnPredicates.applyFunctionToString(texts::test));
    kept = kept == null ? filter : AndRecordFilter.and(kept, filter);
  }

  /**
   * The rows of one row group, in order; each is decoded when it is asked for.
   *
   * @return throws an {@code UncheckedIOException} at a row that cannot be decoded
   */
  public Iterator<R> rowGroup(int index) throws IOException {
    PageReadStore pages = DamagedFile.unlessWhole(() -> file.readRowGroup(index));
    MessageColumnIO columns = new ColumnIOFactory().getColumnIO(schema);
    RecordReader<R> reader =
        DamagedFile.unlessWhole(
            () ->
                columns.getRecordReader(
                    pages,
                    new Rows<>(type),
                    kept == null ? FilterCompat.NOOP : FilterCompat.get(kept)));
    long rows = pages.getRowCount();
    return new Iterator<>() {
      private long asked;
      private R next;

      @Override
      public boolean hasNext() {
        if (next == null && asked < rows) {
          asked++;
          // Null: no row that is kept is left.
          next = read(reader);
        }
        return next != null;
      }

      @Override
      public R next() {
        if (!hasNext()) {
          throw new NoSuchElementException();
        }
        R row = next;
        next = null;
        return row;
      }
    };
  }

  private static <R> R read(RecordReader<R> reader) {
    try {
      return DamagedFile.unlessWhole(reader::read);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static final class Rows<R extends Record> extends RecordMaterializer<R> {
    private final Class<R> type;
    private final RecordConverter root;
    private Object row;

    Rows(Class<R> type) {
      this.type = type;
      root = new RecordConverter(type, value -> row = value);
    }

    @Override
    public R getCurrentRecord() {
      return type.cast(row);
    }

    @Override
    public GroupConverter getRootConverter() {
      return root;
    }
  }

  private static Converter converter(Type type, Consumer<Object> to) {
    if (type instanceof ParameterizedType generic) {
      Type[] arguments = generic.getActualTypeArguments();
      return generic.getRawType() == Map.class
          ? new MapConverter(arguments[0], arguments[1], to)
          : new ListConverter(arguments[0], to);
    }
    Class<?> raw = (Class<?>) type;
    if (raw == long[].class) {
      return new LongsConverter(to);
    }
    if (raw == double[].class) {
      return new DoublesConverter(to);
    }
    return raw.isRecord() ? new RecordConverter(raw, to) : new ScalarConverter(raw, to);
  }

  /** A group whose fields have converters. */
  private abstract static class Group extends GroupConverter {
    private Converter[] fields = {};

    final void fields(Converter... converters) {
      fields = converters;
    }

    @Override
    public Converter getConverter(int field) {
      return fields[field];
    }

    @Override
    public void start() {}

    @Override
    public void end() {}
  }

  private static final class RecordConverter extends Group {
    private final MethodHandle create;
    private final Object[] values;
    private final Consumer<Object> to;

    RecordConverter(Class<?> type, Consumer<Object> to) {
      this.to = to;
      create = constructor(type);
      List<Column> columns = TableSchema.columns(type);
      values = new Object[columns.size()];
      Converter[] converters = new Converter[values.length];
      for (int i = 0; i < values.length; i++) {
        int field = i;
        converters[i] = converter(columns.get(i).type(), value -> values[field] = value);
      }
      fields(converters);
    }

    private static MethodHandle constructor(Class<?> type) {
      Class<?>[] components =
          Arrays.stream(type.getRecordComponents())
              .map(RecordComponent::getType)
              .toArray(Class<?>[]::new);
      try {
        Constructor<?> canonical = type.getConstructor(components);
        return MethodHandles.publicLookup()
            .unreflectConstructor(canonical)
            .asSpreader(Object[].class, components.length);
      } catch (NoSuchMethodException | IllegalAccessException e) {
        throw new IllegalArgumentException("not a public record: " + type, e);
      }
    }

    @Override
    public void start() {
      Arrays.fill(values, null);
    }

    @Override
    public void end() {
      try {
        to.accept(create.invoke(values));
      } catch (Throwable e) {
        throw new IllegalStateException("a record cannot be made of what was read", e);
      }
    }
  }

  private static final class ListConverter extends Group {
    private final Consumer<Object> to;
    private List<Object> items = new ArrayList<>();

    ListConverter(Type element, Consumer<Object> to) {
      this.to = to;
      Group entry = new Group() {};
      entry.fields(converter(element, item -> items.add(item)));
      fields(entry);
    }

    @Override
    public void start() {
      items = new ArrayList<>();
    }

    @Override
    public void end() {
      to.accept(items);
    }
  }

  private static final class MapConverter extends Group {
    private final Consumer<Object> to;
    private Map<Object, Object> entries = new LinkedHashMap<>();
    private Object key;
    private Object value;

    MapConverter(Type keys, Type values, Consumer<Object> to) {
      this.to = to;
      Group entry =
          new Group() {
            @Override
            public void start() {
              value = null;
            }

            @Override
            public void end() {
              entries.put(Objects.requireNonNull(key), value);
            }
          };
      entry.fields(converter(keys, read -> key = read), converter(values, read -> value = read));
      fields(entry);
    }

    @Override
    public void start() {
      entries = new LinkedHashMap<>();
    }

    @Override
    public void end() {
      to.accept(entries);
    }
  }

  private static final class LongsConverter extends Group {
    private final Consumer<Object> to;
    private long[] numbers = new long[16];
    private int size;

    LongsConverter(Consumer<Object> to) {
      this.to = to;
      Group entry = new Group() {};
      entry.fields(
          new PrimitiveConverter() {
            @Override
            public void addLong(long number) {
              if (size == numbers.length) {
                numbers = Arrays.copyOf(numbers, 2 * size);
              }
              numbers[size++] = number;
            }
          });
      fields(entry);
    }

    @Override
    public void start() {
      size = 0;
    }

    @Override
    public void end() {
      to.accept(Arrays.copyOf(numbers, size));
    }
  }

  private static final class DoublesConverter extends Group {
    private final Consumer<Object> to;
    private double[] numbers = new double[16];
    private int size;

    DoublesConverter(Consumer<Object> to) {
      this.to = to;
      Group entry = new Group() {};
      entry.fields(
          new PrimitiveConverter() {
            @Override
            public void addDouble(double number) {
              if (size == numbers.length) {
                numbers = Arrays.copyOf(numbers, 2 * size);
              }
              numbers[size++] = number;
            }
          });
      fields(entry);
    }

    @Override
    public void start() {
      size = 0;
    }

    @Override
    public void end() {
      to.accept(Arrays.copyOf(numbers, size));
    }
  }

  private static final class ScalarConverter extends PrimitiveConverter {
    private final Class<?> type;
    private final Consumer<Object> to;

    ScalarConverter(Class<?> type, Consumer<Object> to) {
      this.type = type;
      this.to = to;
    }

    @Override
    public void addBinary(Binary value) {
      to.accept(type == String.class ? value.toStringUsingUTF8() : value.getBytes());
    }

    @Override
    public void addLong(long value) {
      to.accept(type == Instant.class ? (Object) Instant.ofEpochMilli(value) : (Object) value);
    }

    @Override
    public void addDouble(double value) {
      to.accept(value);
    }

    @Override
    public void addBoolean(boolean value) {
      to.accept(value);
    }
  }
}
