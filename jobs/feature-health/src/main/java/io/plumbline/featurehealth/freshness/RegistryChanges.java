package io.plumbline.featurehealth.freshness;

import com.fasterxml.jackson.databind.node.TextNode;
import io.plumbline.runtime.window.Window;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.apache.flink.api.common.functions.RuntimeContext;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.Types;

/**
 * What changed in the registry about each key's feature, in words. Each change is an issue in the
 * check of one window, in all states of that.
 */
final class RegistryChanges {
  /** What quoted text cannot contain. */
  private static final String BETWEEN = "\n";

  private final ValueState<String> words;

  /** The window whose check has the words; null: none has yet. */
  private final ValueState<Window> window;

  RegistryChanges(RuntimeContext context) {
    words = context.getState(new ValueStateDescriptor<>("registry-change", Types.STRING));
    window = context.getState(new ValueStateDescriptor<>("registry-change-window", Window.TYPE));
  }

  /**
   * Takes note of what has changed.
   *
   * @param ofFile whether somebody edited the file
   */
  void note(FeatureSpec before, FeatureSpec now, boolean ofFile) throws Exception {
    String where = ofFile ? " in the file" : "";
    List<String> all = new ArrayList<>();
    String waiting = words.value();
    if (waiting != null && window.value() == null) {
      all.add(waiting);
    }
    int noted = all.size();
    difference("version", before.version(), now.version(), where, all);
    difference("computation", before.computation(), now.computation(), where, all);
    if (all.size() > noted) {
      words.update(String.join(BETWEEN, all));
      window.clear();
    }
  }

  private static void difference(
      String what, String before, String now, String where, List<String> words) {
    if (!Objects.equals(before, now)) {
      words.add("%s changed%s: %s to %s".formatted(what, where, quoted(before), quoted(now)));
    }
  }

  /** As JSON has it: the view feature_changes takes the words apart again. */
  private static String quoted(String value) {
    return value == null ? "null" : TextNode.valueOf(value).toString();
  }

  /** Whether the check of a window has a change to say. */
  boolean belongTo(Window of) throws Exception {
    return words.value() != null && (window.value() == null || window.value().equals(of));
  }

  /** The issues of a window's check, which has them from now on. */
  List<String> issuesOf(Window of) throws Exception {
    if (!belongTo(of)) {
      return List.of();
    }
    window.update(of);
    return List.of(words.value().split(BETWEEN, -1));
  }

  /** Forgets them. */
  void clear() {
    words.clear();
    window.clear();
  }
}
