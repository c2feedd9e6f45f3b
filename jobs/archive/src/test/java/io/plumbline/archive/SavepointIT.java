package io.plumbline.archive;

import io.plumbline.events.Topic;
import io.plumbline.testing.JobSavepointIT;
import io.plumbline.testing.TestTopics;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** What waited for a commit is written by the restored job. */
class SavepointIT extends JobSavepointIT {
  /** More partitions than one commit may have. */
  private static final int WAITING = NewestStates.MOST_PARTITIONS + 8;

  private final Instant now = Instant.now();

  SavepointIT() {
    super("archive", ArchiveJob::define);
  }

  /** So that nothing is due before the savepoint, and the rest soon after. */
  @Override
  protected String config(boolean restored) {
    return "tables: {path: \"%s\", commit_interval: %s}"
        .formatted(folder.resolve("tables"), restored ? "1s" : "3650d");
  }

  @Override
  protected boolean isFilled(TestTopics topics) {
    List<String> records = new ArrayList<>();
    for (int i = 0; i < WAITING; i++) {
      records.add(Points.json(Points.point("waiting" + i, "external:" + i, i, now)));
    }
    // Behind them in their partition: when it is refused, they are on their way to the state.
    records.add("no result");
    topics.produceKeyed(Topic.METRICS, records, record -> "one");
    return !topics.read(Topic.DEAD_LETTERS).isEmpty();
  }

  @Override
  protected boolean isRestored(TestTopics topics) {
    topics.produce(Topic.METRICS, List.of(Points.json(Points.point("new", "drift", 1, now))));
    WrittenTable table = new WrittenTable(folder.resolve("tables"));
    return table.number("SELECT count(DISTINCT series) FROM %s WHERE series LIKE 'waiting%%'")
            == WAITING
        && table.number("SELECT count(*) FROM %s WHERE series = 'new'") >= 1;
  }
}
