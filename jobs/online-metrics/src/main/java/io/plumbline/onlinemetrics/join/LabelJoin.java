package io.plumbline.onlinemetrics.join;

import io.plumbline.events.Answer;
import io.plumbline.events.DeadLetter;
import io.plumbline.events.Label;
import io.plumbline.events.Topic;
import io.plumbline.onlinemetrics.model.ModelsView;
import io.plumbline.runtime.aggregate.FoldMemory;
import io.plumbline.runtime.config.PlumblineConfig;
import io.plumbline.runtime.ingest.Positioned;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.util.OutputTag;

/** Joins predictions with their labels, whichever come first. */
public final class LabelJoin {
  /** The side output of predictions, each once. */
  public static final OutputTag<FreshPrediction> FRESH = new OutputTag<>("fresh", JoinTypes.FRESH);

  /** The side output of labels without a prediction. */
  public static final OutputTag<Orphan> ORPHANS = new OutputTag<>("orphans", JoinTypes.ORPHAN);

  /** The side output of predictions and labels that are refused, and of orphans. */
  public static final OutputTag<DeadLetter> DEAD_LETTERS =
      new OutputTag<>("dead-letters", TypeInformation.of(DeadLetter.class));

  /** Of the memory of a slot: that of what waits for a barrier. */
  private static final FoldMemory MEMORY = FoldMemory.share(0.2);

  private LabelJoin() {}

  /**
   * What changes for predictions as they and their labels come, with the side outputs above; the
   * timestamps are those of the predictions, and of labels without one. Proxies of labels are let
   * pass to nowhere.
   */
  public static SingleOutputStreamOperator<Joined> join(
      DataStream<Positioned<Answer>> answers,
      DataStream<Positioned<Label>> labels,
      ModelsView models,
      PlumblineConfig config) {
    return answers
        .keyBy(answerKey(), Types.INT)
        .connect(
            labels
                .filter(label -> label.event().kind().equals(Label.GROUND_TRUTH))
                .name("labels of truth")
                .uid("labels-of-truth")
                .keyBy(labelKey(), Types.INT))
        .transform("join labels", JoinTypes.JOINED, operator(models, MEMORY, config))
        .uid("join-labels");
  }

  static BucketSelector<Positioned<Answer>> answerKey() {
    return new BucketSelector<>(answer -> answer.event().predictionId());
  }

  static BucketSelector<Positioned<Label>> labelKey() {
    return new BucketSelector<>(label -> label.event().predictionId());
  }

  static LabelJoinOperator operator(ModelsView models, FoldMemory memory, PlumblineConfig config) {
    return new LabelJoinOperator(
        models,
        memory,
        config.ingest().allowedLateness().toMillis(),
        new Refusals(config.kafka().name(Topic.PREDICTIONS), config.kafka().name(Topic.LABELS)));
  }
}
