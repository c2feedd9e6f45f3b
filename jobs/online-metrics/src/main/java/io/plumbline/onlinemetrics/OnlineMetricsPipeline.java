package io.plumbline.onlinemetrics;

import io.plumbline.events.Answer;
import io.plumbline.events.DeadLetter;
import io.plumbline.events.Label;
import io.plumbline.events.MetricPoint;
import io.plumbline.onlinemetrics.health.HealthMetrics;
import io.plumbline.onlinemetrics.join.FreshPrediction;
import io.plumbline.onlinemetrics.join.Joined;
import io.plumbline.onlinemetrics.join.LabelJoin;
import io.plumbline.onlinemetrics.model.ModelsView;
import io.plumbline.onlinemetrics.quality.Quality;
import io.plumbline.onlinemetrics.silence.ModelSilence;
import io.plumbline.runtime.aggregate.FoldMemory;
import io.plumbline.runtime.config.PlumblineConfig;
import io.plumbline.runtime.control.ControlChange;
import io.plumbline.runtime.control.ControlSnapshot;
import io.plumbline.runtime.gauge.SeriesGauges;
import io.plumbline.runtime.ingest.CatchUpState;
import io.plumbline.runtime.ingest.Positioned;
import io.plumbline.runtime.kafka.EventStreams;
import io.plumbline.runtime.window.WholeWindows;
import java.util.List;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;

/** The graph: from predictions and labels to what there is to say of models. */
public final class OnlineMetricsPipeline {
  /** What folds take of the memory of a slot, beside those of {@link Quality}. */
  private static final FoldMemory HEALTH = FoldMemory.share(0.2);

  private static final FoldMemory NEWEST = FoldMemory.share(0.03);

  private OnlineMetricsPipeline() {}

  /**
   * What the job reads.
   *
   * @param progress whether both topics' sources have caught up
   * @param wholeFrom the time before which windows are not whole, for {@link WholeWindows}
   */
  public record Inputs(
      DataStream<Positioned<Answer>> answers,
      DataStream<Positioned<Label>> labels,
      DataStream<ControlChange> control,
      DataStream<CatchUpState> progress,
      long wholeFrom) {
    /**
     * As the topics have them.
     *
     * @param columns whose values are the answers' segments
     * @param control as the launcher read it
     */
    public static Inputs of(EventStreams streams, List<String> columns, ControlSnapshot control) {
      DataStream<Positioned<Answer>> answers = streams.positionedAnswers(columns);
      DataStream<Positioned<Label>> labels = streams.positionedLabels();
      return new Inputs(
          answers,
          labels,
          streams.control(control),
          streams.caughtUp(),
          streams.start().wholeFrom());
    }
  }

  /**
   * What it says.
   *
   * @param refused predictions and labels that were read and are none of their model's, and labels
   *     without a prediction
   */
  public record Outputs(DataStream<MetricPoint> metrics, DataStream<DeadLetter> refused) {}

  /**
   * Builds the graph.
   *
   * @param control as the launcher read it
   */
  public static Outputs build(
      Inputs in, PlumblineConfig config, ModelsView models, ControlSnapshot control) {
    SingleOutputStreamOperator<Joined> joined = joined(in, config, models);
    DataStream<FreshPrediction> fresh = joined.getSideOutput(LabelJoin.FRESH);
    return new Outputs(
        SeriesGauges.show(
            quality(joined, in, config, models)
                .union(
                    HealthMetrics.of(fresh, models, config, HEALTH, in.wholeFrom),
                    ModelSilence.of(
                        fresh, in.progress, in.control, control, models, config, NEWEST)),
            new ModelBadness(),
            config.limits().gauges(),
            "gauges"),
        joined.getSideOutput(LabelJoin.DEAD_LETTERS));
  }

  private static SingleOutputStreamOperator<Joined> joined(
      Inputs in, PlumblineConfig config, ModelsView models) {
    return LabelJoin.join(in.answers, in.labels, models, config);
  }

  private static DataStream<MetricPoint> quality(
      SingleOutputStreamOperator<Joined> joined,
      Inputs in,
      PlumblineConfig config,
      ModelsView models) {
    return Quality.points(
        joined, joined.getSideOutput(LabelJoin.ORPHANS), models, config, in.wholeFrom);
  }
}
