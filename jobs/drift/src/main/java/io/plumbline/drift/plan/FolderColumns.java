package io.plumbline.drift.plan;

import io.plumbline.drift.plan.InputFiles.DataFile;
import io.plumbline.drift.plan.InputFiles.InputColumn;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * Makes numbers of the texts in folders' names: where the config calls a column numeric, or files
 * have numbers in it and each text is one too.
 */
public final class FolderColumns {
  /** What a folder's name holds, unless somebody knows better. */
  static final ColumnType TEXT = ColumnType.of(ColumnType.Kind.STRING, "text of a folder's name");

  private static final ColumnType INTEGER =
      ColumnType.of(ColumnType.Kind.INTEGER, "integer of a folder's name");
  private static final ColumnType REAL =
      ColumnType.of(ColumnType.Kind.DOUBLE, "number of a folder's name");

  /** Texts that are named where they are no numbers. */
  private static final int NAMED = 3;

  private final InputFiles input;
  private final String option;
  private final Consumer<String> say;

  private FolderColumns(InputFiles input, String option, Consumer<String> say) {
    this.input = input;
    this.option = option;
    this.say = say;
  }

  /**
   * The same input with these numbers.
   *
   * @param other the other side; null: there is none
   * @param numeric columns that are numeric by the config
   * @param option that gave the input, for lines
   * @param say told which texts are no numbers, and which names of folders are not read as the
   *     files have such a column
   */
  public static InputFiles typed(
      InputFiles input,
      InputFiles other,
      Set<String> numeric,
      String option,
      Consumer<String> say) {
    return input.profile() == null
        ? new FolderColumns(input, option, say).typed(other, numeric)
        : input;
  }

  private InputFiles typed(InputFiles other, Set<String> numeric) {
    Set<String> names = new LinkedHashSet<>();
    input.files().forEach(file -> names.addAll(file.partitions().keySet()));
    Map<String, InputColumn> columns = new LinkedHashMap<>(input.columns());
    List<String> inFiles =
        names.stream().filter(name -> columns.get(name).origin() != ColumnOrigin.FOLDERS).toList();
    if (!inFiles.isEmpty()) {
      say.accept(
          "%s: %s: in files and in the names of their folders, and read from the files: %s"
              .formatted(option, input.uri(), String.join(", ", inFiles)));
    }
    for (String name : names) {
      InputColumn column = columns.get(name);
      if (numeric.contains(name) || joinsNumbers(column, other)) {
        columns.put(name, numbers(column));
      }
    }
    return new InputFiles(input.uri(), input.files(), columns, input.checksum(), null);
  }

  /** Whether files have numbers where folders have them in texts. */
  private boolean joinsNumbers(InputColumn column, InputFiles other) {
    InputColumn there = other == null ? null : other.columns().get(column.name());
    List<ColumnType> stored =
        Stream.concat(
                column.found().stream(), there == null ? Stream.empty() : there.found().stream())
            .map(FoundType::type)
            .filter(type -> !type.equals(TEXT))
            .toList();
    return !stored.isEmpty()
        && stored.stream().allMatch(ColumnType::numeric)
        && texts(column.name()).allMatch(text -> FolderNumber.of(text).isPresent());
  }

  private Stream<String> texts(String column) {
    return input.files().stream()
        .map(file -> file.partitions().get(column))
        .filter(Objects::nonNull);
  }

  private InputColumn numbers(InputColumn column) {
    List<FoundType> found = new ArrayList<>(column.found());
    if (!found.removeIf(one -> one.type().equals(TEXT))) {
      return column;
    }
    Set<String> others = new TreeSet<>();
    for (DataFile file : input.files()) {
      String text = file.partitions().get(column.name());
      if (text != null) {
        FolderNumber.of(text)
            .ifPresentOrElse(
                number -> FoundColumns.add(found, type(number, file.path())),
                () -> others.add(text));
      }
    }
    if (!others.isEmpty()) {
      say.accept(
          "%s: %s: column %s: names of folders that are no numbers count as missing: %s"
              .formatted(option, input.uri(), column.name(), shown(others)));
    }
    return new InputColumn(
        column.name(),
        CommonType.of(found).orElse(REAL),
        column.firstFile(),
        List.copyOf(found),
        column.secondIn(),
        column.origin());
  }

  private static FoundType type(FolderNumber number, String file) {
    return number.whole()
        ? new FoundType(INTEGER, file, BigInteger.valueOf(number.integer()).abs())
        : new FoundType(REAL, file, BigInteger.ZERO);
  }

  private static String shown(Set<String> texts) {
    String first = String.join(", ", texts.stream().limit(NAMED).toList());
    return texts.size() > NAMED ? "%s and %s more".formatted(first, texts.size() - NAMED) : first;
  }
}
