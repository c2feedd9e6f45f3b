package io.plumbline.drift.plan;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * The columns of a file that are the index of the table which pandas wrote. An index that only
 * counts the rows is no column of the file.
 */
final class PandasIndex {
  private static final String KEY = "pandas";
  private static final String INDEX = "index_columns";
  private static final JsonFactory JSON = new JsonFactory();

  private PandasIndex() {}

  /**
   * Their names.
   *
   * @param metadata keys and values of the file's footer
   */
  static Set<String> of(Map<String, String> metadata) {
    String table = metadata.get(KEY);
    Set<String> names = new HashSet<>();
    if (table == null) {
      return names;
    }
    try (JsonParser parser = JSON.createParser(table)) {
      if (parser.nextToken() == JsonToken.START_OBJECT && find(parser)) {
        read(parser, names);
      }
    } catch (IOException e) {
      // Not what pandas writes: it says nothing of the columns, which are there all the same.
      names.clear();
    }
    return names;
  }

  private static boolean find(JsonParser table) throws IOException {
    while (table.nextToken() == JsonToken.FIELD_NAME) {
      boolean found = table.currentName().equals(INDEX);
      JsonToken value = table.nextToken();
      if (found) {
        return value == JsonToken.START_ARRAY;
      }
      table.skipChildren();
    }
    return false;
  }

  private static void read(JsonParser index, Set<String> names) throws IOException {
    for (JsonToken token = index.nextToken();
        token != JsonToken.END_ARRAY;
        token = index.nextToken()) {
      if (token == JsonToken.VALUE_STRING) {
        names.add(index.getText());
      } else {
        index.skipChildren();
      }
    }
  }
}
