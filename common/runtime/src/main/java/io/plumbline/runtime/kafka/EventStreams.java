package io.plumbline.runtime.kafka;

import io.plumbline.events.Answer;
import io.plumbline.events.DeadLetter;
import io.plumbline.events.FeatureValue;
import io.plumbline.events.Label;
import io.plumbline.events.MetricPoint;
import io.plumbline.events.Prediction;
import io.plumbline.events.Topic;
import io.plumbline.runtime.config.PlumblineConfig;
import io.plumbline.runtime.control.ControlChange;
import io.plumbline.runtime.control.ControlSnapshot;
import io.plumbline.runtime.decode.AnswerDecoder;
import io.plumbline.runtime.decode.FeatureValueDecoder;
import io.plumbline.runtime.decode.LabelDecoder;
import io.plumbline.runtime.decode.PredictionDecoder;
import io.plumbline.runtime.ingest.DeadLetterCounts;
import io.plumbline.runtime.ingest.Decoder;
import io.plumbline.runtime.ingest.Ingest;
import io.plumbline.runtime.ingest.IngestSchema;
import io.plumbline.runtime.ingest.IngestSchema.EventTime;
import io.plumbline.runtime.ingest.Ingested;
import io.plumbline.runtime.state.EventTypes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.connector.kafka.source.reader.deserializer.KafkaRecordDeserializationSchema;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/**
 * The topics that a job reads, as streams of events with timestamps and watermarks; and what could
 * not be taken of all of them, as one stream of dead letters.
 */
public final class EventStreams {
  private final StreamExecutionEnvironment env;
  private final PlumblineConfig config;
  private final String job;
  private final Duration longestWindow;
  private final List<DataStream<DeadLetter>> deadLetters = new ArrayList<>();

  /**
   * @param job names the consumer group
   * @param longestWindow of the job: after a silence so much is closed by itself
   */
  public EventStreams(
      StreamExecutionEnvironment env, PlumblineConfig config, String job, Duration longestWindow) {
    this.env = env;
    this.config = config;
    this.job = job;
    this.longestWindow = longestWindow;
  }

  /** {@code plumbline.predictions}. */
  public SingleOutputStreamOperator<Prediction> predictions() {
    return of(
        Topic.PREDICTIONS,
        new PredictionDecoder(
            config.kafka().fields(Topic.PREDICTIONS),
            config.ingest().maxDepth(),
            config.ingest().maxFeatures()),
        Prediction::ts,
        EventTypes.PREDICTION);
  }

  /**
   * {@code plumbline.predictions} without their features: the same source, for a job that joins.
   *
   * @param columns whose values are the answers' segments
   */
  public SingleOutputStreamOperator<Answer> answers(List<String> columns) {
    return of(
        Topic.PREDICTIONS,
        new AnswerDecoder(
            config.kafka().fields(Topic.PREDICTIONS),
            config.ingest().maxDepth(),
            config.ingest().maxFeatures(),
            columns),
        Answer::ts,
        EventTypes.ANSWER);
  }

  /** {@code plumbline.labels}. */
  public SingleOutputStreamOperator<Label> labels() {
    return of(
        Topic.LABELS,
        new LabelDecoder(config.kafka().fields(Topic.LABELS), config.ingest().maxDepth()),
        Label::ts,
        EventTypes.LABEL);
  }

  /** {@code plumbline.features}. */
  public SingleOutputStreamOperator<FeatureValue> features() {
    return of(
        Topic.FEATURES,
        new FeatureValueDecoder(config.kafka().fields(Topic.FEATURES), config.ingest().maxDepth()),
        FeatureValue::eventTime,
        EventTypes.FEATURE_VALUE);
  }

  /**
   * {@code plumbline.control}, from where the launcher's snapshot ends.
   *
   * @see ControlSource#stream
   */
  public DataStream<ControlChange> control(ControlSnapshot snapshot) {
    return events(ControlSource.stream(env, config.kafka(), job, snapshot));
  }

  /** Any topic, by a decoder of one's own. */
  public <T> SingleOutputStreamOperator<T> of(
      Topic topic, Decoder<T> decoder, EventTime<T> time, TypeInformation<T> type) {
    String name = topic.key();
    DataStream<Ingested<T>> records =
        source(
            name,
            List.of(config.kafka().name(topic)),
            new IngestSchema<>(
                Map.of(config.kafka().name(topic), decoder), time, type, config.ingest()),
            Ingest.watermarks(time, config.ingest(), longestWindow));
    return events(Ingest.admit(records, type, config.ingest(), longestWindow, "admit-" + name));
  }

  /**
   * Several topics in one stream, whose records have no time that windows would need.
   *
   * @param name of the stream: {@code read-NAME} is the source's uid
   * @param topics as the broker knows them
   */
  public <T> DataStream<T> timeless(
      String name,
      List<String> topics,
      KafkaRecordDeserializationSchema<Ingested<T>> schema,
      TypeInformation<T> type) {
    DataStream<Ingested<T>> records =
        source(name, topics, schema, WatermarkStrategy.noWatermarks());
    return events(Ingest.admitTimeless(records, type, "admit-" + name));
  }

  private <T> DataStream<Ingested<T>> source(
      String name,
      List<String> topics,
      KafkaRecordDeserializationSchema<Ingested<T>> schema,
      WatermarkStrategy<Ingested<T>> watermarks) {
    return env.fromSource(
            KafkaSources.of(config.kafka(), job, topics, schema), watermarks, "read " + name)
        .uid("read-" + name);
  }

  private <T> SingleOutputStreamOperator<T> events(SingleOutputStreamOperator<T> admitted) {
    deadLetters.add(admitted.getSideOutput(Ingest.DEAD_LETTERS));
    return admitted;
  }

  /**
   * How many could not be taken of all topics read so far, as the metric {@code dead_letters}.
   *
   * @param window length of its windows
   */
  public DataStream<MetricPoint> deadLetterCounts(Duration window) {
    return allDeadLetters()
        .keyBy(letter -> "all")
        .process(new DeadLetterCounts(job, window))
        .name("count dead letters")
        .uid("count-dead-letters");
  }

  private DataStream<DeadLetter> allDeadLetters() {
    return deadLetters.stream().reduce(DataStream::union).orElseThrow();
  }

  /** Writes what could not be taken of any topic read so far to {@code plumbline.dead-letters}. */
  public void writeDeadLetters() {
    allDeadLetters()
        .sinkTo(ResultSinks.of(config.kafka(), job, Topic.DEAD_LETTERS, DeadLetter::topic))
        .name("dead letters")
        .uid("write-dead-letters");
  }
}
