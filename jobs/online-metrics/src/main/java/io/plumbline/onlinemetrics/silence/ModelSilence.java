package io.plumbline.onlinemetrics.silence;

import io.plumbline.events.MetricPoint;
import io.plumbline.onlinemetrics.join.FreshPrediction;
import io.plumbline.onlinemetrics.model.ModelsView;
import io.plumbline.runtime.aggregate.FoldMemory;
import io.plumbline.runtime.aggregate.PartialAggregateOperator;
import io.plumbline.runtime.config.PlumblineConfig;
import io.plumbline.runtime.control.Announcement;
import io.plumbline.runtime.control.Announcer;
import io.plumbline.runtime.control.ControlChange;
import io.plumbline.runtime.control.ControlKind;
import io.plumbline.runtime.control.ControlSnapshot;
import io.plumbline.runtime.ingest.CatchUpState;
import io.plumbline.runtime.ingest.Ingest;
import java.time.Duration;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.streaming.api.datastream.DataStream;

/** How long models have said nothing, also those that never spoke. */
public final class ModelSilence {
  /** A tenth of the shortest silence that is promised to be noticed to the second. */
  private static final Duration NEWEST_DELAY = Duration.ofMillis(300);

  private ModelSilence() {}

  /**
   * The points of each model that config or control have, and of its versions.
   *
   * @param fresh each prediction once, in the task of the join
   * @param progress whether the sources have caught up
   * @param initial what control said when the launcher read it
   * @param memory that a task takes before it gives all away
   */
  public static DataStream<MetricPoint> of(
      DataStream<FreshPrediction> fresh,
      DataStream<CatchUpState> progress,
      DataStream<ControlChange> control,
      ControlSnapshot initial,
      ModelsView models,
      PlumblineConfig config,
      FoldMemory memory) {
    var newest =
        PartialAggregateOperator.foldPromptly(
            fresh,
            new NewestPredictions(models),
            memory,
            NEWEST_DELAY,
            TypeInformation.of(NewestPrediction.class),
            "newest-predictions");
    var announced =
        Announcer.announce(
            progress,
            control,
            initial,
            ControlKind.MODEL,
            WatchedModel.among(config.models()),
            WatchedModel.TYPE,
            "announced-models");
    return Ingest.withoutTime(newest, "newest-predictions-without-time")
        .keyBy(NewestPrediction::model)
        .connect(Ingest.withoutTime(announced, "models-without-time").keyBy(Announcement::name))
        .process(new ModelWatch())
        .name("silence of models")
        .uid("silence-of-models");
  }
}
