package io.plumbline.archive;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Set;
import org.apache.flink.api.common.functions.RuntimeContext;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;

/**
 * The partitions of a table that have rows to be written, in keyed state, and whose turn it is:
 * those that our own jobs had results of today for come first, then those that have waited longest,
 * so that none waits for ever. There are never more than a table's days and job folders.
 */
final class WaitingPartitions {
  private static final Comparator<Candidate> BY_TURN =
      Comparator.comparing((Candidate candidate) -> !candidate.turn.urgent)
          .thenComparingLong(candidate -> candidate.turn.since)
          .thenComparing(candidate -> candidate.partition);

  private final MapState<String, Turn> turns;

  WaitingPartitions(RuntimeContext context) {
    turns =
        context.getMapState(
            new MapStateDescriptor<>(
                "waiting-partitions", Types.STRING, TypeInformation.of(Turn.class)));
  }

  /**
   * Where a partition stands among those that wait.
   *
   * @param urgent one of our own jobs, and today when it began to wait
   * @param since epoch milliseconds, when it began to wait
   */
  public record Turn(boolean urgent, long since) {}

  private record Candidate(String partition, Turn turn) {}

  /**
   * Lets the partition of a row wait, if it does not yet.
   *
   * @param now epoch milliseconds
   */
  void add(String partition, ResultState row, long now) throws Exception {
    if (!turns.contains(partition)) {
      LocalDate today = LocalDate.ofInstant(Instant.ofEpochMilli(now), ZoneOffset.UTC);
      boolean urgent = JobFolders.isOurs(row.job()) && row.date().equals(today);
      turns.put(partition, new Turn(urgent, now));
    }
  }

  /**
   * Those whose turn it is.
   *
   * @param partitions in the order in which they are to be written
   * @param left how many still wait
   */
  record Round(List<String> partitions, int left) {}

  /**
   * Takes those whose turn it is; they no longer wait. Of the others, however many they are, no
   * more than these are in memory.
   *
   * @param open partitions that are being written to: they go on whenever they have rows
   * @param most partitions beside the open ones
   */
  Round take(Set<String> open, int most) throws Exception {
    List<String> taken = new ArrayList<>();
    PriorityQueue<Candidate> first = new PriorityQueue<>(BY_TURN.reversed());
    int left = 0;
    for (Map.Entry<String, Turn> waiting : turns.entries()) {
      if (open.contains(waiting.getKey())) {
        taken.add(waiting.getKey());
        continue;
      }
      first.add(new Candidate(waiting.getKey(), waiting.getValue()));
      if (first.size() > most) {
        first.remove();
        left++;
      }
    }
    first.stream().sorted(BY_TURN).forEach(candidate -> taken.add(candidate.partition));
    for (String partition : taken) {
      turns.remove(partition);
    }
    return new Round(taken, left);
  }
}
