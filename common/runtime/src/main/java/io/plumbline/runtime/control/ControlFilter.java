package io.plumbline.runtime.control;

import io.plumbline.runtime.config.ModelConfig;
import io.plumbline.runtime.config.PlumblineConfig;
import java.io.Serializable;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
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
  interface Use<T, V> extends Serializable {
    boolean of(V view, T record);
  }

  ControlFilter(ControlView<V> view, Use<T, V> use) {
    this.view = view;
    this.use = use;
  }

  /**
   * A filter of what is of a model that config or control name.
   *
   * @param initial as the launcher read it
   * @param model the name of a record's model
   */
  public static <T> ControlFilter<T, Set<String>> ofModels(
      PlumblineConfig config, ControlSnapshot initial, SerializableFunction<T, String> model) {
    List<ModelConfig> file = config.models();
    return new ControlFilter<>(
        FollowedControl.of(
            config.kafka(),
            initial,
            overrides ->
                overrides.models(file).stream().map(ModelConfig::name).collect(Collectors.toSet())),
        (names, record) -> names.contains(model.apply(record)));
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
