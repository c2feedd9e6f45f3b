package io.plumbline.featurehealth;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.featurehealth.registry.Registries;
import io.plumbline.runtime.config.PlumblineConfig;
import io.plumbline.runtime.control.ControlChange;
import io.plumbline.runtime.control.ControlEpoch;
import io.plumbline.runtime.control.ControlSnapshot;
import io.plumbline.runtime.ingest.SourceProgress;
import io.plumbline.runtime.launch.StreamingJob;
import io.plumbline.runtime.state.EventTypes;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.junit.jupiter.api.Test;

/**
 * By these a savepoint finds its operators: one that is renamed has lost its state. The sources'
 * are EventStreams' own.
 */
class UidsTest {
  private static <T> DataStream<T> input(
      StreamExecutionEnvironment env, String name, TypeInformation<T> type) {
    return env.fromSequence(0, 1)
        .uid("test-" + name)
        .map(number -> (T) null)
        .returns(type)
        .uid("test-" + name + "-null");
  }

  @Test
  void theyAreThoseOfEarlierSavepoints() throws IOException {
    StreamExecutionEnvironment env =
        StreamExecutionEnvironment.createLocalEnvironment(1, StreamingJob.strict());
    FeatureHealthPipeline.Outputs out =
        FeatureHealthPipeline.build(
            new FeatureHealthPipeline.Inputs(
                input(env, "predictions", EventTypes.PREDICTION),
                input(env, "features", EventTypes.FEATURE_VALUE),
                input(env, "late", EventTypes.FEATURE_VALUE),
                input(env, "control", TypeInformation.of(ControlChange.class)),
                input(env, "progress", TypeInformation.of(SourceProgress.class))),
            PlumblineConfig.defaults(),
            Registries.fixed(""),
            new ControlSnapshot(new ControlEpoch("", 0), List.of(), 0));
    out.metrics().print().uid("test-metrics");
    out.checks().print().uid("test-checks");
    List<String> uids =
        env.getStreamGraph().getStreamNodes().stream()
            .map(node -> node.getTransformationUID())
            .filter(Objects::nonNull)
            .filter(uid -> !uid.startsWith("test-"))
            .sorted()
            .toList();
    try (var file = UidsTest.class.getResourceAsStream("/uids.txt")) {
      assertThat(uids)
          .containsExactlyElementsOf(
              new String(file.readAllBytes(), StandardCharsets.UTF_8).lines().toList());
    }
  }
}
