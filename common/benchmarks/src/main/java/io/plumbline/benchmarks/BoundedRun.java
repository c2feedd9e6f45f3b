package io.plumbline.benchmarks;

import java.util.concurrent.CountDownLatch;
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
  private static volatile BoundedRun current;

  private final long results;
  private final CountDownLatch ended = new CountDownLatch(1);
  private volatile long startNanos;
  private volatile long endNanos;

  private BoundedRun(long results) {
    this.results = results;
  }

  /**
   * Runs the job until so many results have come.
   *
   * @param env local, with a parallelism of 1: its only task counts
   * @return CPU nanoseconds per result
   */
  public static double cpuNanosPerResult(
      StreamExecutionEnvironment env, DataStream<?> results, long count) throws Exception {
    BoundedRun run = new BoundedRun(count);
    current = run;
    results.sinkTo(new Discard<>()).name("discard").uid("discard");
    JobClient job = env.executeAsync("bench");
    run.ended.await();
    job.cancel().get();
    return (double) (run.endNanos - run.startNanos) / (count - 1);
  }

  private static final class Discard<T> implements Sink<T> {
    @Override
    public SinkWriter<T> createWriter(WriterInitContext context) {
      return new Writer<>(current);
    }
  }

  private static final class Writer<T> implements SinkWriter<T> {
    private final BoundedRun run;
    private long count;

    Writer(BoundedRun run) {
      this.run = run;
    }

    @Override
    public void write(T result, Context context) {
      if (++count == 1) {
        run.startNanos = CpuTime.nanos();
      } else if (count == run.results) {
        run.endNanos = CpuTime.nanos();
        run.ended.countDown();
      }
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
