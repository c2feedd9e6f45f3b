package io.plumbline.onlinemetrics.health;

import io.plumbline.events.MetricPoint;
import io.plumbline.onlinemetrics.join.FreshPrediction;
import io.plumbline.onlinemetrics.model.ModelsView;
import io.plumbline.runtime.aggregate.FoldMemory;
import io.plumbline.runtime.aggregate.PartialAggregateOperator;
import io.plumbline.runtime.config.PlumblineConfig;
import io.plumbline.runtime.state.BinaryTypeInfo;
import io.plumbline.runtime.window.WholeWindows;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.streaming.api.datastream.DataStream;

/** What can be said of predictions before any label comes. */
public final class HealthMetrics {
  static final TypeInformation<HealthPart> PART =
      new BinaryTypeInfo<>(HealthPart.class, HealthPartForm.class);

  private HealthMetrics() {}

  /**
   * The points of each model, version, role, segment and window.
   *
   * @param fresh each prediction once, in the task of the join
   * @param memory that a task takes before it gives all away
   * @param wholeFrom the time before which windows are not whole, for {@link WholeWindows}
   */
  public static DataStream<MetricPoint> of(
      DataStream<FreshPrediction> fresh,
      ModelsView models,
      PlumblineConfig config,
      FoldMemory memory,
      long wholeFrom) {
    DataStream<HealthPart> parts =
        PartialAggregateOperator.fold(
            fresh, new HealthFold(models, config.limits().series()), memory, PART, "fold-health");
    return WholeWindows.only(
            parts, part -> part.window().start(), wholeFrom, "whole-windows-of-health")
        .keyBy(HealthPart::key)
        .process(new HealthWindows(config.ingest().allowedLateness()))
        .name("health of predictions")
        .uid("health-of-predictions");
  }
}
