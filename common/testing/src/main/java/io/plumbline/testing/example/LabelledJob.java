package io.plumbline.testing.example;

import io.plumbline.events.Answer;
import io.plumbline.events.Label;
import io.plumbline.runtime.config.PlumblineConfig;
import io.plumbline.runtime.control.ControlFilter;
import io.plumbline.runtime.control.ControlTopic;
import io.plumbline.runtime.kafka.EventStreams;
import io.plumbline.runtime.kafka.JobResults;
import io.plumbline.runtime.kafka.JobStart;
import io.plumbline.runtime.launch.StreamingJob;
import io.plumbline.runtime.result.PointScope;
import io.plumbline.runtime.window.PointsByWindow;
import java.time.Duration;
import java.util.List;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.co.ProcessJoinFunction;
import org.apache.flink.util.Collector;

/** Counts the predictions of each model in config or control that have a label within the hour. */
public final class LabelledJob {
  static final String NAME = "labelled";
  private static final Duration HOUR = Duration.ofHours(1);

  public static void main(String[] args) throws Exception {
    StreamingJob.run(NAME, args, LabelledJob::define);
  }

  static JobStart define(StreamExecutionEnvironment env, PlumblineConfig config) {
    EventStreams streams = new EventStreams(env, config, NAME, HOUR);
    var labelled =
        streams
            .answers(List.of())
            .filter(
                ControlFilter.ofModels(config, ControlTopic.read(config.kafka()), Answer::model))
            .uid("known-models")
            .keyBy(Answer::predictionId)
            .intervalJoin(streams.labels().keyBy(Label::predictionId))
            .between(Duration.ZERO, HOUR)
            .process(new Labelled())
            .uid("labelled");
    return new JobResults(streams)
        .metrics(
            PointsByWindow.<Answer>ofCounts(
                    "labelled_predictions",
                    Duration.ofMinutes(1),
                    HOUR,
                    Answer::ts,
                    (model, at) -> PointScope.ofModel(NAME, model, at.startTime(), at.endTime()))
                .of(labelled, Answer::model, streams.start().wholeFrom(), "labelled-by-minute"))
        .write();
  }

  private static final class Labelled extends ProcessJoinFunction<Answer, Label, Answer> {
    @Override
    public void processElement(Answer answer, Label label, Context context, Collector<Answer> out) {
      out.collect(answer);
    }
  }
}
