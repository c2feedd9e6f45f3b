package io.plumbline.runtime.kafka;

import io.plumbline.events.Answer;
import io.plumbline.events.DeadLetter;
import io.plumbline.events.DriftResult;
import io.plumbline.events.FeatureCheck;
import io.plumbline.events.FeatureValue;
import io.plumbline.events.Label;
import io.plumbline.events.MetricPoint;
import io.plumbline.events.Prediction;
import io.plumbline.events.Topic;
import io.plumbline.runtime.config.KafkaConfig;
import io.plumbline.runtime.config.PlumblineConfig;
import io.plumbline.runtime.control.ControlChange;
import io.plumbline.runtime.control.ControlPosition;
import io.plumbline.runtime.control.ControlSnapshot;
import io.plumbline.runtime.control.ControlTopic;
import io.plumbline.runtime.decode.AnswerDecoder;
import io.plumbline.runtime.decode.FeatureValueDecoder;
import io.plumbline.runtime.decode.LabelDecoder;
import io.plumbline.runtime.decode.PredictionDecoder;
import io.plumbline.runtime.decode.ResultDecoder;
import io.plumbline.runtime.ingest.Admission;
import io.plumbline.runtime.ingest.CatchUpState;
import io.plumbline.runtime.ingest.DeadLetterCounts;
import io.plumbline.runtime.ingest.Decoder;
import io.plumbline.runtime.ingest.Ingest;
import io.plumbline.runtime.ingest.IngestSchema;
import io.plumbline.runtime.ingest.IngestSchema.EventTime;
import io.plumbline.runtime.ingest.Ingested;
import io.plumbline.runtime.ingest.Lateness;
import io.plumbline.runtime.ingest.Positioned;
import io.plumbline.runtime.ingest.SourceProgress;
import io.plumbline.runtime.state.EventTypes;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.functions.MapFunction;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.connector.kafka.source.enumerator.initializer.OffsetsInitializer;
import org.apache.flink.connector.kafka.source.reader.deserializer.KafkaRecordDeserializationSchema;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/**
 * The topics that a job reads, as streams of events with timestamps and watermarks; and what could
 * not be taken of all of them, as one stream of dead letters.
 */
public final class EventStreams {
  /** The only key of counts that are summed in one place. */
  private static final String DEAD_LETTERS = "dead-letters";

  private final StreamExecutionEnvironment env;
  private final PlumblineConfig config;
  private final String job;
  private final Duration longestWindow;
  private final JobStart start;

  /** By source, and by whoever refused what had been read. */
  private final Map<String, DataStream<DeadLetter>> deadLetters = new TreeMap<>();

  private final List<DataStream<SourceProgress>> progress = new ArrayList<>();

  /** Those that have progress, by topic as the broker knows it. */
  private final Map<String, String> sources = new TreeMap<>();

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
    start = new JobStart(config.kafka(), job, Clock.systemUTC());
  }

  /** The name of the job. */
  String job() {
    return job;
  }

  /** Where the topics are. */
  KafkaConfig kafka() {
    return config.kafka();
  }

  /** Where the job begins without state, in the topics that have been asked for so far. */
  public JobStart start() {
    return start;
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
        EventTypes.PREDICTION,
        Lateness.LIMITED);
  }

  /**
   * {@code plumbline.predictions} without their features: the same source, for a job that joins.
   *
   * @param columns whose values are the answers' segments
   */
  public SingleOutputStreamOperator<Answer> answers(List<String> columns) {
    return answers(columns, Admission.plain(EventTypes.ANSWER));
  }

  /**
   * The same with their positions in the topic.
   *
   * @param columns whose values are the answers' segments
   */
  public SingleOutputStreamOperator<Positioned<Answer>> positionedAnswers(List<String> columns) {
    return answers(columns, Admission.positioned(EventTypes.ANSWER));
  }

  private <R> SingleOutputStreamOperator<R> answers(
      List<String> columns, Admission<Answer, R> admission) {
    return of(
        Topic.PREDICTIONS,
        new AnswerDecoder(
            config.kafka().fields(Topic.PREDICTIONS),
            config.ingest().maxDepth(),
            config.ingest().maxFeatures(),
            columns),
        Answer::ts,
        EventTypes.ANSWER,
        admission,
        Lateness.LIMITED);
  }

  /** {@code plumbline.labels}; none is too late, since labels are late by nature. */
  public SingleOutputStreamOperator<Label> labels() {
    return labels(Admission.plain(EventTypes.LABEL));
  }

  /** The same with their positions in the topic. */
  public SingleOutputStreamOperator<Positioned<Label>> positionedLabels() {
    return labels(Admission.positioned(EventTypes.LABEL));
  }

  private <R> SingleOutputStreamOperator<R> labels(Admission<Label, R> admission) {
    return of(
        Topic.LABELS,
        new LabelDecoder(config.kafka().fields(Topic.LABELS), config.ingest().maxDepth()),
        Label::ts,
        EventTypes.LABEL,
        admission,
        Lateness.UNLIMITED);
  }

  /** {@code plumbline.features}. */
  public SingleOutputStreamOperator<FeatureValue> features() {
    return of(
        Topic.FEATURES,
        new FeatureValueDecoder(config.kafka().fields(Topic.FEATURES), config.ingest().maxDepth()),
        FeatureValue::eventTime,
        EventTypes.FEATURE_VALUE,
        Lateness.LIMITED);
  }

  /** {@code plumbline.metrics}, anyone's points too; their time is {@code computed_at}. */
  public SingleOutputStreamOperator<MetricPoint> metrics() {
    return results(
        Topic.METRICS, ResultDecoder.metrics(), point -> point.computedAt().toEpochMilli());
  }

  /** {@code plumbline.checks}; their time is {@code computed_at}. */
  public SingleOutputStreamOperator<FeatureCheck> checks() {
    return results(
        Topic.CHECKS, ResultDecoder.checks(), check -> check.computedAt().toEpochMilli());
  }

  /** {@code plumbline.drift}; their time is {@code computed_at}. */
  public SingleOutputStreamOperator<DriftResult> drift() {
    return results(
        Topic.DRIFT, ResultDecoder.drift(), result -> result.computedAt().toEpochMilli());
  }

  /** None is too late: each is a state of a result that may be of any window. */
  private <R> SingleOutputStreamOperator<R> results(
      Topic topic, ResultDecoder<R> decoder, EventTime<R> time) {
    TypeInformation<R> type = TypeInformation.of(decoder.type());
    Duration maxFuture = config.ingest().maxFuture();
    return admitted(
        topic,
        new IngestSchema<>(Map.of(config.kafka().name(topic), decoder), time, type, maxFuture),
        time,
        type,
        Admission.plain(type),
        Lateness.UNLIMITED);
  }

  /**
   * {@code plumbline.control}, from where the launcher's snapshot ends.
   *
   * @see ControlSource#stream
   */
  public DataStream<ControlChange> control(ControlSnapshot snapshot) {
    return events(Topic.CONTROL.key(), ControlSource.stream(env, config.kafka(), snapshot));
  }

  /**
   * Each change that {@code plumbline.control} has, from its beginning, for a job that keeps them
   * all; of a topic that was made anew too.
   *
   * @param form that a change is kept in
   * @see ControlSource#changes
   */
  public <T> DataStream<T> controlChanges(
      MapFunction<Ingested<ControlChange>, Ingested<T>> form, TypeInformation<T> type) {
    ControlPosition beginning = ControlTopic.beginning(config.kafka());
    return events(
        Topic.CONTROL.key(), ControlSource.changes(env, config.kafka(), beginning, form, type));
  }

  /**
   * Any topic of users' events, by a decoder of one's own.
   *
   * @param lateness which of them are too late
   */
  public <T> SingleOutputStreamOperator<T> of(
      Topic topic,
      Decoder<T> decoder,
      EventTime<T> time,
      TypeInformation<T> type,
      Lateness lateness) {
    return of(topic, decoder, time, type, Admission.plain(type), lateness);
  }

  private <T, R> SingleOutputStreamOperator<R> of(
      Topic topic,
      Decoder<T> decoder,
      EventTime<T> time,
      TypeInformation<T> type,
      Admission<T, R> admission,
      Lateness lateness) {
    return admitted(
        topic,
        new IngestSchema<>(
            Map.of(config.kafka().name(topic), decoder), time, type, config.ingest()),
        time,
        type,
        admission,
        lateness);
  }

  private <T, R> SingleOutputStreamOperator<R> admitted(
      Topic topic,
      IngestSchema<T> schema,
      EventTime<T> time,
      TypeInformation<T> type,
      Admission<T, R> admission,
      Lateness lateness) {
    String name = topic.key();
    String onBroker = config.kafka().name(topic);
    DataStream<Ingested<T>> records =
        source(
            name,
            List.of(onBroker),
            schema,
            start.of(topic, schema, time),
            Ingest.watermarks(time, config.ingest(), longestWindow, lateness));
    SingleOutputStreamOperator<R> admitted =
        Ingest.admit(records, type, admission, config.ingest(), longestWindow, lateness, name);
    progress.add(admitted.getSideOutput(Ingest.PROGRESS));
    sources.put(onBroker, name);
    return events(name, admitted);
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
        source(name, topics, schema, start.of(topics), WatermarkStrategy.noWatermarks());
    return events(name, Ingest.admitTimeless(records, type, "admit-" + name));
  }

  private <T> DataStream<Ingested<T>> source(
      String name,
      List<String> topics,
      KafkaRecordDeserializationSchema<Ingested<T>> schema,
      OffsetsInitializer offsets,
      WatermarkStrategy<Ingested<T>> watermarks) {
    return env.fromSource(
            KafkaSources.of(config.kafka(), job, topics, schema, offsets),
            watermarks,
            "read " + name)
        .uid("read-" + name);
  }

  private <T> SingleOutputStreamOperator<T> events(
      String name, SingleOutputStreamOperator<T> admitted) {
    deadLetters.put(name, admitted.getSideOutput(Ingest.DEAD_LETTERS));
    return admitted;
  }

  /**
   * Whether the sources of all topics with event time that have been asked for so far have read
   * what was written while the job was down: false once it has begun, true once from when on
   * silence counts. The stream holds no event time back. Asked for once.
   */
  public DataStream<CatchUpState> caughtUp() {
    KafkaConfig kafka = config.kafka();
    List<String> topics = List.copyOf(sources.keySet());
    return Ingest.caughtUp(union(progress), sources, () -> new KafkaEndOffsets(kafka, topics));
  }

  /**
   * Takes more dead letters: of events that were read, and refused behind their source.
   *
   * @param name of where they were refused
   */
  void refused(String name, DataStream<DeadLetter> letters) {
    deadLetters.put(name, letters);
  }

  /**
   * How many records could not be taken of all topics read so far, as the metric {@code
   * dead_letters}. They are counted where they are refused; only counts are exchanged.
   *
   * @param window length of its windows
   */
  public DataStream<MetricPoint> deadLetterCounts(Duration window) {
    List<DataStream<Long>> counts = new ArrayList<>();
    deadLetters.forEach((name, letters) -> counts.add(DeadLetterCounts.fold(letters, name)));
    return union(counts)
        .keyBy(count -> DEAD_LETTERS)
        .process(new DeadLetterCounts(job, window))
        .name("count dead letters")
        .uid("count-dead-letters");
  }

  private static <T> DataStream<T> union(Collection<DataStream<T>> streams) {
    return streams.stream().reduce(DataStream::union).orElseThrow();
  }

  /** What could not be taken of all topics read so far. */
  public DataStream<DeadLetter> deadLetters() {
    return union(deadLetters.values());
  }
}
