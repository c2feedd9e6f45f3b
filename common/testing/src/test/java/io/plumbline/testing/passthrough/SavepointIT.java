package io.plumbline.testing.passthrough;

import io.plumbline.events.Topic;
import io.plumbline.testing.JobSavepointIT;
import io.plumbline.testing.TestTopics;
import java.util.List;

/** A restored job goes on counting. */
class SavepointIT extends JobSavepointIT {
  private int fed;

  SavepointIT() {
    super(PassThroughJob.NAME, PassThroughJob::define);
  }

  @Override
  protected boolean isFilled(TestTopics topics) {
    return counted(topics, PassThroughJob.HOW_MANY) >= 3
        && counted(topics, PassThroughJob.FOLDED) >= 3;
  }

  /** More than the events since then are those of before. */
  @Override
  protected boolean isRestored(TestTopics topics) {
    return counted(topics, PassThroughJob.HOW_MANY) > fed
        && counted(topics, PassThroughJob.FOLDED) > fed;
  }

  private long counted(TestTopics topics, String metric) {
    topics.produce(Topic.FEATURES, List.of("{\"key\":\"only\",\"number\":1}"));
    fed++;
    return topics.read(Topic.METRICS).stream()
        .filter(point -> point.path("metric").asText().equals(metric))
        .mapToLong(point -> point.path("count").asLong())
        .max()
        .orElse(0);
  }
}
