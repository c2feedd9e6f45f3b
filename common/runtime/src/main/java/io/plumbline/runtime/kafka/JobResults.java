package io.plumbline.runtime.kafka;

import io.plumbline.events.DeadLetter;
import io.plumbline.events.FeatureCheck;
import io.plumbline.events.MetricPoint;
import io.plumbline.events.ResultTopic;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.apache.flink.streaming.api.datastream.DataStream;

/**
 * What a job has to say, and the sinks of it. The uid of a sink is {@code write-TOPIC}, by the
 * contract's name of the topic without {@code plumbline.}.
 */
public final class JobResults {
  private final EventStreams streams;
  private final List<DataStream<MetricPoint>> metrics = new ArrayList<>();
  private final List<DataStream<FeatureCheck>> checks = new ArrayList<>();

  /** Of the windows of counts; null: nothing is counted. */
  private Duration deadLetterWindow;

  /**
   * @param streams that the job reads
   */
  public JobResults(EventStreams streams) {
    this.streams = streams;
  }

  /** Takes points for {@code plumbline.metrics}. */
  public JobResults metrics(DataStream<MetricPoint> points) {
    metrics.add(points);
    return this;
  }

  /** Takes checks for {@code plumbline.checks}. */
  public JobResults checks(DataStream<FeatureCheck> more) {
    checks.add(more);
    return this;
  }

  /**
   * Takes dead letters of events that were read, and refused behind their source.
   *
   * @param name of where they were refused; {@code count-refused-NAME} is the uid of what counts
   *     them
   */
  public JobResults deadLetters(String name, DataStream<DeadLetter> letters) {
    streams.refused(name, letters);
    return this;
  }

  /**
   * Takes the metric {@code dead_letters} of all that the job refuses.
   *
   * @param window length of its windows
   */
  public JobResults deadLetterCounts(Duration window) {
    deadLetterWindow = window;
    return this;
  }

  /**
   * Adds the sinks of all that was taken, and of the dead letters.
   *
   * @return where the job begins without state
   */
  public JobStart write() {
    if (deadLetterWindow != null) {
      metrics(streams.deadLetterCounts(deadLetterWindow));
    }
    write(ResultTopic.METRICS, metrics);
    write(ResultTopic.CHECKS, checks);
    write(ResultTopic.DEAD_LETTERS, List.of(streams.deadLetters()));
    return streams.start();
  }

  private <R> void write(ResultTopic<R> topic, List<DataStream<R>> results) {
    String name = topic.topic().name().toLowerCase(Locale.ROOT);
    results.stream()
        .reduce(DataStream::union)
        .ifPresent(
            all ->
                all.sinkTo(ResultSinks.of(streams.kafka(), streams.job(), topic))
                    .name(name.replace('_', ' '))
                    .uid("write-" + name.replace('_', '-')));
  }
}
