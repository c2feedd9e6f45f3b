package io.plumbline.onlinemetrics;

import io.plumbline.events.Answer;
import io.plumbline.events.DeadLetter;
import io.plumbline.events.Label;
import io.plumbline.events.MetricPoint;
import io.plumbline.onlinemetrics.join.Joined;
import io.plumbline.onlinemetrics.join.LabelJoin;
import io.plumbline.onlinemetrics.model.ModelsView;
import io.plumbline.onlinemetrics.quality.Quality;
import io.plumbline.runtime.config.PlumblineConfig;
import io.plumbline.runtime.gauge.SeriesGauges;
import io.plumbline.runtime.ingest.Positioned;
import io.plumbline.runtime.kafka.EventStreams;
import io.plumbline.runtime.window.WholeWindows;
import java.util.List;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;

/** The graph: from predictions and labels to what there is to say of models. */
public final class OnlineMetricsPipeline {
  private OnlineMetricsPipeline() {}

  /**
   * What the job reads.
   *
   * @param wholeFrom the time before which windows are not whole, for {@link WholeWindows}
   */
  public record Inputs(
      DataStream<Positioned<Answer>> answers,
      DataStream<Positioned<Label>> labels,
      long wholeFrom) {
    /**
     * As the topics have them.
     *
     * @param columns whose values are the answers' segments
     */
    public static Inputs of(EventStreams streams, List<String> columns) {
      DataStream<Positioned<Answer>> answers = streams.positionedAnswers(columns);
      DataStream<Positioned<Label>> labels = streams.positionedLabels();
      return new Inputs(answers, labels, streams.start().wholeFrom());
    }
  }

  /**
   * What it says.
   *
   * @param refused predictions and labels that were read and are none of their model's, and labels
   *     without a prediction
   */
  public record Outputs(DataStream<MetricPoint> metrics, DataStream<DeadLetter> refused) {}

  /** Builds the graph. */
  public static Outputs build(Inputs in, PlumblineConfig config, ModelsView models) {
    SingleOutputStreamOperator<Joined> joined = joined(in, config, models);
    return new Outputs(
        SeriesGauges.show(
            quality(joined, in, config, models),
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
