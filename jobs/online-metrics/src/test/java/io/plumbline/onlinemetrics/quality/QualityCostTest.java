package io.plumbline.onlinemetrics.quality;

import static io.plumbline.onlinemetrics.quality.Changes.DAY;
import static io.plumbline.onlinemetrics.quality.Changes.HOUR;
import static io.plumbline.onlinemetrics.quality.Changes.LATENESS;
import static io.plumbline.onlinemetrics.quality.Changes.NOON;
import static io.plumbline.onlinemetrics.quality.Changes.binary;
import static io.plumbline.onlinemetrics.quality.Changes.fresh;
import static io.plumbline.onlinemetrics.quality.Changes.labelled;
import static io.plumbline.onlinemetrics.quality.Changes.served;
import static io.plumbline.onlinemetrics.quality.Changes.truth;
import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.onlinemetrics.join.Joined;
import io.plumbline.onlinemetrics.join.KeptPrediction;
import io.plumbline.onlinemetrics.join.ServedVersion;
import io.plumbline.onlinemetrics.quality.WindowsHarness.Backend;
import io.plumbline.runtime.config.ModelConfig.Task;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * The CPU time of a prediction and its label, in three segments and two windows each, on RocksDB:
 * before the exchange, across it and behind it, with checkpoints and emissions. Labels are of a
 * month, so that they are of 720 hours. About a third of the bound where the machine does nothing
 * else.
 */
@Tag("long")
class QualityCostTest {
  private static final int BATCH = 100_000;
  private static final int ROUNDS = 6;
  private static final double MOST_MICROS = 30;

  private final Random random = new Random(1);

  private Joined[] batch(ServedVersion version) {
    Joined[] batch = new Joined[2 * BATCH];
    for (int i = 0; i < BATCH; i++) {
      batch[2 * i] = fresh(prediction(version, NOON + 30 * DAY + i));
      KeptPrediction before = prediction(version, NOON + (long) (random.nextDouble() * 30 * DAY));
      batch[2 * i + 1] = labelled(before, truth(random.nextBoolean(), before.ts() + DAY));
    }
    return batch;
  }

  private KeptPrediction prediction(ServedVersion version, long ts) {
    return binary(
        version,
        ts,
        random.nextDouble(),
        List.of("country=DE", "country=FR", "country=__other__").get(random.nextInt(3)),
        "channel=web",
        List.of("tier=gold", "tier=silver").get(random.nextInt(2)));
  }

  @Test
  void aPredictionAndItsLabelCostLittle() throws Exception {
    ServedVersion version = served("v1", Task.BINARY, 30 * DAY, HOUR, DAY);
    ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    QualityFold fold = new QualityFold(LATENESS);
    fold.open(64 << 20);
    QualityDeltaForm form = new QualityDeltaForm();
    double all = 0;
    try (WindowsHarness windows = new WindowsHarness(Backend.ROCKSDB, 64 << 20)) {
      windows.watermark(NOON + 30 * DAY);
      for (int round = 0; round < ROUNDS; round++) {
        Joined[] batch = batch(version);
        long began = threads.getCurrentThreadCpuTime();
        for (Joined change : batch) {
          fold.add(change, change.prediction().ts());
        }
        List<QualityDelta> parts = new ArrayList<>();
        fold.flush(Long.MAX_VALUE, parts::add);
        long folded = threads.getCurrentThreadCpuTime();
        DataOutputSerializer out = new DataOutputSerializer(1 << 20);
        for (QualityDelta part : parts) {
          form.write(part, out);
        }
        DataInputDeserializer in = new DataInputDeserializer(out.getSharedBuffer());
        List<QualityDelta> read = new ArrayList<>();
        for (int i = 0; i < parts.size(); i++) {
          read.add(form.read(in));
        }
        long exchanged = threads.getCurrentThreadCpuTime();
        windows.add(read);
        windows.barrier();
        long added = threads.getCurrentThreadCpuTime();
        windows.pass(HOUR);
        int points = windows.points().size();
        long emitted = threads.getCurrentThreadCpuTime();
        System.out.printf(
            Locale.ROOT,
            "%d parts, %d bytes; of a prediction and a label: folded %.2f us, exchanged %.2f us,"
                + " appended %.2f us; %d points emitted, %.1f us each%n",
            parts.size(),
            out.length(),
            (folded - began) / 1e3 / BATCH,
            (exchanged - folded) / 1e3 / BATCH,
            (added - exchanged) / 1e3 / BATCH,
            points,
            (emitted - added) / 1e3 / points);
        all = (added - began) / 1e3 / BATCH;
      }
    }
    assertThat(all).isLessThan(MOST_MICROS);
  }
}
