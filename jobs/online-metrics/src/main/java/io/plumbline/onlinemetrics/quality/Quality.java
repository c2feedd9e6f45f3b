package io.plumbline.onlinemetrics.quality;

import io.plumbline.events.MetricPoint;
import io.plumbline.onlinemetrics.join.Joined;
import io.plumbline.onlinemetrics.join.Orphan;
import io.plumbline.onlinemetrics.model.ModelsView;
import io.plumbline.runtime.aggregate.FoldMemory;
import io.plumbline.runtime.aggregate.PartialAggregateOperator;
import io.plumbline.runtime.config.PlumblineConfig;
import io.plumbline.runtime.window.WholeWindows;
import java.time.Duration;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;

/** What there is to say of predictions as their labels come. */
public final class Quality {
  /** Of the memory of a slot: that of what is gathered before the exchange and behind it. */
  private static final FoldMemory FOLD = FoldMemory.share(0.25);

  private static final FoldMemory ORPHANS = FoldMemory.share(0.02);
  private static final FoldMemory WINDOWS = FoldMemory.share(0.25);

  /** What changes of a window that is over waits for others before the exchange. */
  private static final Duration MOST_DELAY = Duration.ofSeconds(5);

  private Quality() {}

  /**
   * The points of all windows of metrics that need labels.
   *
   * @param orphans labels without a prediction
   * @param wholeFrom the time before which windows are not whole, for {@link WholeWindows}
   */
  public static SingleOutputStreamOperator<MetricPoint> points(
      DataStream<Joined> joined,
      DataStream<Orphan> orphans,
      ModelsView models,
      PlumblineConfig config,
      long wholeFrom) {
    long lateness = config.ingest().allowedLateness().toMillis();
    DataStream<QualityDelta> parts =
        PartialAggregateOperator.foldPromptly(
                joined,
                new QualityFold(lateness),
                FOLD,
                MOST_DELAY,
                QualityDelta.TYPE,
                "fold-quality")
            .union(
                PartialAggregateOperator.foldPromptly(
                    orphans,
                    new OrphanFold(models, lateness),
                    ORPHANS,
                    MOST_DELAY,
                    QualityDelta.TYPE,
                    "fold-orphans"));
    return WholeWindows.only(
            parts, part -> part.key().window().start(), wholeFrom, "whole-windows-of-quality")
        .keyBy(part -> part.key().text(), Types.STRING)
        .transform(
            "windows of quality",
            TypeInformation.of(MetricPoint.class),
            new QualityWindows(WINDOWS, lateness))
        .uid("windows-of-quality");
  }
}
