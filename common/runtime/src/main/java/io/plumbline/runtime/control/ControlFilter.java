package io.plumbline.runtime.control;

import io.plumbline.runtime.config.KafkaConfig;
import java.io.Serializable;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.functions.RichFilterFunction;
import org.apache.flink.util.function.SerializableFunction;

/**
 * Lets pass what control has a use for, by a view that each task follows in place of a second
 * input.
 *
 * @param <T> what is looked at
 * @param <V> the view
 */
public final class ControlFilter<T, V> extends RichFilterFunction<T> {
  private final ControlView<V> view;
  private final Use<T, V> use;

  /**
   * Whether a view has a use for a record.
   *
   * @param <T> the record
   * @param <V> the view
   */
  @FunctionalInterface
  public interface Use<T, V> extends Serializable {
    boolean of(V view, T record);
  }

  ControlFilter(ControlView<V> view, Use<T, V> use) {
    this.view = view;
    this.use = use;
  }

  /**
   * A filter that goes by control, from the next record on.
   *
   * @param initial as the launcher read it
   * @param view of what control says, made when that changes
   */
  public static <T, V> ControlFilter<T, V> of(
      KafkaConfig kafka,
      ControlSnapshot initial,
      SerializableFunction<Overrides, V> view,
      Use<T, V> use) {
    return new ControlFilter<>(FollowedControl.of(kafka, initial, view), use);
  }

  @Override
  public void open(OpenContext context) {
    view.open();
  }

  @Override
  public boolean filter(T record) {
    return use.of(view.current(), record);
  }

  @Override
  public void close() throws InterruptedException {
    view.close();
  }
}
