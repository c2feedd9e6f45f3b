package io.plumbline.archive;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.Comparator;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Set;
import org.apache.flink.api.common.functions.RuntimeContext;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;

/**
 * The partitions of a table that have rows to be written, in keyed state, and whose turn it is.
 * Dates and names of jobs can be forged, also those of our own jobs. So today's partitions of our
 * own jobs come first, which are few; the places that are left are shared out in turn between those
 * of our own jobs by date, the newest first, and all others by how long they have waited. What
 * somebody makes up delays others, and none waits for ever. There are never more than a table's
 * days and job folders.
 */
final class WaitingPartitions {
  private static final Comparator<Candidate> LONGEST_FIRST =
      Comparator.comparingLong((Candidate candidate) -> candidate.turn.since)
          .thenComparing(candidate -> candidate.partition);

  private static final Comparator<Candidate> NEWEST_FIRST =
      Comparator.comparingLong((Candidate candidate) -> -candidate.turn.day)
          .thenComparing(LONGEST_FIRST);

  private final MapState<String, Turn> turns;

  WaitingPartitions(RuntimeContext context) {
    turns =
        context.getMapState(
            new MapStateDescriptor<>(
                "waiting-partitions", Types.STRING, TypeInformation.of(Turn.class)));
  }

  /**
   * By what it is decided when a partition's turn is.
   *
   * @param ours whether it is of one of our own jobs
   * @param day its date, in days since the epoch
   * @param since epoch milliseconds, when it began to wait
   */
  public record Turn(boolean ours, long day, long since) {}

  private record Candidate(String partition, Turn turn) {}

  /** Of any number of candidates the first ones. */
  private static final class First {
    private final Comparator<Candidate> order;
    private final int most;
    private final PriorityQueue<Candidate> kept;

    First(Comparator<Candidate> order, int most) {
      this.order = order;
      this.most = most;
      kept = new PriorityQueue<>(order.reversed());
    }

    void add(Candidate candidate) {
      kept.add(candidate);
      if (kept.size() > most) {
        kept.remove();
      }
    }

    Iterator<String> partitions() {
      return kept.stream().sorted(order).map(Candidate::partition).iterator();
    }
  }

  /**
   * Lets the partition of a row wait, if it does not yet.
   *
   * @param now epoch milliseconds
   */
  void add(String partition, ResultState row, long now) throws Exception {
    if (!turns.contains(partition)) {
      turns.put(partition, new Turn(JobFolders.isOurs(row.job()), row.date().toEpochDay(), now));
    }
  }

  /**
   * Those whose turn it is.
   *
   * @param partitions in the order in which they are to be written
   * @param left how many still wait
   */
  record Round(Collection<String> partitions, int left) {}

  /**
   * Takes those whose turn it is; they no longer wait. Of the others, however many they are, only a
   * few are in memory.
   *
   * @param open partitions that are being written to: they go on whenever they have rows
   * @param most partitions beside the open ones
   * @param now epoch milliseconds
   */
  Round take(Set<String> open, int most, long now) throws Exception {
    long today = LocalDate.ofInstant(Instant.ofEpochMilli(now), ZoneOffset.UTC).toEpochDay();
    First todays = new First(LONGEST_FIRST, most);
    First ours = new First(NEWEST_FIRST, most);
    First longest = new First(LONGEST_FIRST, most);
    Set<String> taken = new LinkedHashSet<>();
    int waiting = 0;
    for (Map.Entry<String, Turn> entry : turns.entries()) {
      waiting++;
      Candidate candidate = new Candidate(entry.getKey(), entry.getValue());
      if (open.contains(candidate.partition)) {
        taken.add(candidate.partition);
      } else if (candidate.turn.ours && candidate.turn.day == today) {
        todays.add(candidate);
      } else {
        longest.add(candidate);
        if (candidate.turn.ours) {
          ours.add(candidate);
        }
      }
    }
    int room = taken.size() + most;
    todays.partitions().forEachRemaining(taken::add);
    Iterator<String> byDate = ours.partitions();
    Iterator<String> byWait = longest.partitions();
    while (taken.size() < room && (byDate.hasNext() || byWait.hasNext())) {
      addNext(byDate, taken);
      if (taken.size() < room) {
        addNext(byWait, taken);
      }
    }
    for (String partition : taken) {
      turns.remove(partition);
    }
    return new Round(taken, waiting - taken.size());
  }

  /** Adds the next that is not there yet, if there is one. */
  private static void addNext(Iterator<String> partitions, Set<String> taken) {
    boolean added = false;
    while (!added && partitions.hasNext()) {
      added = taken.add(partitions.next());
    }
  }
}
