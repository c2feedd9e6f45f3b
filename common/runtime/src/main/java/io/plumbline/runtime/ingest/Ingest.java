package io.plumbline.runtime.ingest;

import io.plumbline.events.DeadLetter;
import io.plumbline.runtime.config.IngestConfig;
import io.plumbline.runtime.ingest.IngestSchema.EventTime;
import java.time.Duration;
import java.util.Map;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.util.OutputTag;

/** What a Kafka source and the operator after it do with what {@link IngestSchema} has read. */
public final class Ingest {
  /** The side output of what the functions below return. */
  public static final OutputTag<DeadLetter> DEAD_LETTERS = new OutputTag<>("dead-letters") {};

  /** The side output of what {@link #admit} returns: how far the source has been read. */
  public static final OutputTag<SourceProgress> PROGRESS = new OutputTag<>("progress") {};

  private Ingest() {}

  /**
   * The side output of what {@link #admit} returns that has the events which are dead letters for
   * being late, for those who want to know of them all the same.
   */
  public static <T> OutputTag<T> late(TypeInformation<T> type) {
    return new OutputTag<>("late", type);
  }

  /**
   * Watermarks by partition, for the source itself.
   *
   * @param longestWindow of the job: what the last events before a silence must be able to close
   */
  public static <T> WatermarkStrategy<Ingested<T>> watermarks(
      EventTime<T> time, IngestConfig config, Duration longestWindow, Lateness lateness) {
    return new SilenceWatermarks<>(time, Disorder.of(config, longestWindow, lateness));
  }

  /**
   * The events; what was refused, and what is too late for every window, is in the side output.
   *
   * @param records a source's, so that this is chained to it
   * @param longestWindow as given to {@link #watermarks}, and so is {@code lateness}
   * @param source its name; {@code admit-SOURCE} is the operator's, and its uid
   */
  public static <T> SingleOutputStreamOperator<T> admit(
      DataStream<Ingested<T>> records,
      TypeInformation<T> type,
      IngestConfig config,
      Duration longestWindow,
      Lateness lateness,
      String source) {
    return admit(records, type, Admission.plain(type), config, longestWindow, lateness, source);
  }

  /**
   * The same in another form.
   *
   * @param admission the form in which events go on; late ones are in the side output as they are
   */
  public static <T, R> SingleOutputStreamOperator<R> admit(
      DataStream<Ingested<T>> records,
      TypeInformation<T> type,
      Admission<T, R> admission,
      IngestConfig config,
      Duration longestWindow,
      Lateness lateness,
      String source) {
    Disorder disorder = Disorder.of(config, longestWindow, lateness);
    String name = "admit-" + source;
    return records
        .transform(
            name,
            admission.type(),
            new IngestOperatorFactory<>(disorder, source, admission, late(type)))
        .uid(name);
  }

  /**
   * Whether sources have caught up: false once the job has begun, true from when on silence counts.
   * The stream holds no event time back.
   *
   * @param progress side outputs of all of them
   * @param sources by topic, as the broker knows it; named as for {@link #admit}
   * @param ends of these topics
   */
  public static DataStream<CatchUpState> caughtUp(
      DataStream<SourceProgress> progress, Map<String, String> sources, EndOffsets.Factory ends) {
    return progress
        .transform(
            "catch up", TypeInformation.of(CatchUpState.class), new CatchUpOperator(sources, ends))
        .uid("catch-up")
        .forceNonParallel();
  }

  /**
   * The events of a source without event time; what was refused is in the side output.
   *
   * @param name of the operator, and its uid
   */
  public static <T> SingleOutputStreamOperator<T> admitTimeless(
      DataStream<Ingested<T>> records, TypeInformation<T> type, String name) {
    return records.process(new SplitDeadLetters<T>()).returns(type).name(name).uid(name);
  }

  /**
   * The same records in a stream that holds no event time back wherever it meets others.
   *
   * @param stream what an operator returns and no union: the operator that is added has the
   *     parallelism of it, so that records of one task stay in order
   * @param name of the operator, and its uid
   */
  public static <T> SingleOutputStreamOperator<T> withoutTime(
      SingleOutputStreamOperator<T> stream, String name) {
    return stream
        .assignTimestampsAndWatermarks(IdleWatermarks.<T>strategy())
        .name(name)
        .uid(name)
        .setParallelism(stream.getParallelism());
  }
}
