package io.plumbline.benchmarks;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.lang.management.ThreadMXBean;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.api.connector.sink2.SinkWriter;
import org.apache.flink.api.connector.sink2.WriterInitContext;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/**
 * A job in this process whose results are discarded, from its first result to a given one: so its
 * start is left out, and it reads as in production, from a source without an end.
 */
public final class BoundedRun {
  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();
  private static volatile BoundedRun current;

  private final long results;
  private final AtomicLong seen = new AtomicLong();
  private final CountDownLatch ended = new CountDownLatch(1);
  private volatile Moment start;
  private volatile Moment end;

  private BoundedRun(long results) {
    this.results = results;
  }

  /**
   * CPU nanoseconds for each result.
   *
   * @param byThread of the whole, what each thread of Java's took, by its name. The rest is of
   *     compilers, the collector of garbage, and libraries of their own
   */
  public record Cost(double whole, Map<String, Double> byThread) {}

  private record Moment(long process, Map<String, Long> threads) {
    static Moment now() {
      Map<String, Long> threads = new TreeMap<>();
      for (ThreadInfo thread : THREADS.getThreadInfo(THREADS.getAllThreadIds())) {
        if (thread != null) {
          threads.merge(
              thread.getThreadName(),
              Math.max(0, THREADS.getThreadCpuTime(thread.getThreadId())),
              Long::sum);
        }
      }
      return new Moment(CpuTime.nanos(), threads);
    }
  }

  /**
   * Runs the job until so many results have come.
   *
   * @param env local, with a parallelism of 1: its only task counts
   * @return CPU nanoseconds per result
   */
  public static double cpuNanosPerResult(
      StreamExecutionEnvironment env, DataStream<?> results, long count) throws Exception {
    return cost(env, List.of(results), count).whole();
  }

  /**
   * Runs the job until so many results of several streams have come.
   *
   * @param env local, with a parallelism of 1
   * @param results all of them count
   */
  public static Cost cost(
      StreamExecutionEnvironment env, List<? extends DataStream<?>> results, long count)
      throws Exception {
    BoundedRun run = new BoundedRun(count);
    current = run;
    for (int i = 0; i < results.size(); i++) {
      results.get(i).sinkTo(new Discard<>()).name("discard").uid("discard-" + i);
    }
    JobClient job = env.executeAsync("bench");
    run.ended.await();
    job.cancel().get();
    return run.cost();
  }

  private Cost cost() {
    Map<String, Double> byThread = new TreeMap<>();
    end.threads.forEach(
        (name, nanos) ->
            byThread.put(
                name, (double) (nanos - start.threads.getOrDefault(name, 0L)) / (results - 1)));
    return new Cost((double) (end.process - start.process) / (results - 1), byThread);
  }

  private void count() {
    long number = seen.incrementAndGet();
    if (number == 1) {
      start = Moment.now();
    } else if (number == results) {
      end = Moment.now();
      ended.countDown();
    }
  }

  private static final class Discard<T> implements Sink<T> {
    @Override
    public SinkWriter<T> createWriter(WriterInitContext context) {
      return new Writer<>(current);
    }
  }

  private static final class Writer<T> implements SinkWriter<T> {
    private final BoundedRun run;

    Writer(BoundedRun run) {
      this.run = run;
    }

    @Override
    public void write(T result, Context context) {
      run.count();
    }

    @Override
    public void flush(boolean endOfInput) {
      // Nothing is held.
    }

    @Override
    public void close() {
      // Nothing is open.
    }
  }
}
