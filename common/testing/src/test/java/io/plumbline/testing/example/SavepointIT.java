package io.plumbline.testing.example;

import io.plumbline.events.Topic;
import io.plumbline.testing.JobSavepointIT;
import io.plumbline.testing.TestTopics;
import java.util.List;

/** The label of a prediction that the savepoint holds comes after the restore. */
class SavepointIT extends JobSavepointIT {
  private static final String BOTH =
      "{'prediction_id':'%s','ts':%d,'model':'m','model_version':'v','label':1}".replace("'", "\"");
  private long time;

  SavepointIT() {
    super(LabelledJob.NAME, LabelledJob::define, "models: [{name: m}]\ningest: {idle_after: 1s}");
  }

  @Override
  protected boolean isFilled(TestTopics topics) {
    topics.produce(Topic.PREDICTIONS, List.of(BOTH.formatted("held", 600_000)));
    return hasPoint(topics, "first", "T00:00");
  }

  @Override
  protected boolean isRestored(TestTopics topics) {
    return hasPoint(topics, "held", "T00:10");
  }

  private boolean hasPoint(TestTopics topics, String label, String start) {
    topics.produce(Topic.PREDICTIONS, List.of(BOTH.formatted("first", time)));
    topics.produce(Topic.LABELS, List.of(BOTH.formatted(label, time)));
    time += 30_000;
    return topics.read(Topic.METRICS).toString().contains("1970-01-01" + start);
  }
}
