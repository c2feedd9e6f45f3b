package io.plumbline.onlinemetrics.quality;

import io.plumbline.events.Prediction.Role;
import io.plumbline.runtime.config.ModelConfig.Task;
import io.plumbline.runtime.window.Window;

/**
 * Of which predictions a window's metrics are.
 *
 * @param role of the version
 * @param task null: of labels without a prediction, which are of no model
 * @param segment its text; empty: all predictions
 * @param against the version of the champion with which a shadow is paired; null: of predictions by
 *     themselves
 */
record QualityKey(
    String model,
    String version,
    Role role,
    Task task,
    String segment,
    String against,
    Window window) {

  /** Of labels without a prediction. */
  static QualityKey ofOrphans(Window window) {
    return new QualityKey("", "", Role.CHAMPION, null, "", null, window);
  }

  boolean isOfOrphans() {
    return task == null;
  }

  boolean isPair() {
    return against != null;
  }

  Shape shape() {
    return isOfOrphans() ? Shape.NONE : Shape.of(task, isPair());
  }

  /** By what state is keyed: names are data, so their lengths tell them apart. */
  String text() {
    StringBuilder text = new StringBuilder(96);
    append(model, text);
    append(version, text);
    append(segment, text);
    if (isPair()) {
      append(against, text);
    }
    return text.append(role.name())
        .append(':')
        .append(task == null ? "" : task.name())
        .append(':')
        .append(window.start())
        .append(':')
        .append(window.length())
        .toString();
  }

  private static void append(String name, StringBuilder text) {
    text.append(name.length()).append(':').append(name);
  }
}
