package io.plumbline.onlinemetrics.join;

import static io.plumbline.onlinemetrics.join.JoinHarness.answer;
import static io.plumbline.onlinemetrics.join.JoinHarness.in;
import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.events.Answer;
import io.plumbline.onlinemetrics.model.Models;
import io.plumbline.onlinemetrics.model.ModelsView;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.stream.Stream;
import org.apache.flink.runtime.state.storage.FileSystemCheckpointStorage;
import org.apache.flink.state.rocksdb.EmbeddedRocksDBStateBackend;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * How many bytes a prediction takes on disk that waits for its label: what docs/online-metrics.md
 * says. With all that belongs to it: its key, its place in a list of what is due, and the timers.
 */
class DiskBytesTest {
  private static final long NOON = 1_764_072_000_000L;
  private static final int PREDICTIONS = 200_000;
  private static final int CLASSES = 10;

  /** So that RocksDB has files to compact, as after checkpoints. */
  private static final int FLUSHES = 5;

  private static final String CONFIG =
      """
      features:
        - {name: country, type: categorical, categories: [AT, BE, CH, DE, ES, FR, GB, IT, NL, PL, SE, US]}
        - {name: channel, type: categorical, categories: [web, app, branch]}
        - {name: tier, type: categorical, categories: [bronze, silver, gold]}
      models:
        - name: credit-default
          task: %s
          segments: [{column: country}, {column: channel}, {column: tier}]
          versions: [{version: v3}]
      """;

  private static final String[] COUNTRIES = {
    "AT", "BE", "CH", "DE", "ES", "FR", "GB", "IT", "NL", "PL", "SE", "US", "XX"
  };
  private static final String[] CHANNELS = {"web", "app", "branch"};
  private static final String[] TIERS = {"bronze", "silver", "gold"};

  @TempDir Path folder;
  private final Random random = new Random(1);

  private Answer prediction(String task, long ts) {
    String id = new UUID(random.nextLong(), random.nextLong()).toString();
    Answer plain =
        switch (task) {
          case "binary" -> answer(id, "credit-default", "v3", ts, random.nextDouble());
          case "regression" ->
              answer(id, "credit-default", "v3", ts, null, null, random.nextGaussian() * 100, null);
          default -> answer(id, "credit-default", "v3", ts, null, scores(), null, null);
        };
    return in(
        plain,
        "country=" + COUNTRIES[random.nextInt(COUNTRIES.length)],
        "channel=" + CHANNELS[random.nextInt(CHANNELS.length)],
        "tier=" + TIERS[random.nextInt(TIERS.length)]);
  }

  private Map<String, Double> scores() {
    Map<String, Double> scores = new LinkedHashMap<>();
    double left = 1;
    for (int i = 1; i < CLASSES; i++) {
      double score = left * random.nextDouble();
      scores.put("class_" + i, score);
      left -= score;
    }
    scores.put("class_0", left);
    return scores;
  }

  @ParameterizedTest
  @CsvSource({"binary, 120", "regression, 120", "multiclass, 200"})
  void aWaitingPredictionTakesNoMoreThanTheDocumentSays(String task, int most) throws Exception {
    EmbeddedRocksDBStateBackend backend = JoinHarness.rocksDb(true);
    backend.setDbStoragePath(folder.resolve("db").toString());
    ModelsView models = Models.fixed(CONFIG.formatted(task));
    FileSystemCheckpointStorage checkpoints =
        new FileSystemCheckpointStorage(folder.resolve("checkpoints").toUri());
    try (JoinHarness join = new JoinHarness(models, backend, checkpoints)) {
      for (int i = 0; i < PREDICTIONS; i++) {
        // Over a day, so that lists of what is due are as long as with ten million in a month.
        join.predict(prediction(task, NOON + i * 432L));
        if (i % 1000 == 0) {
          join.joined();
          join.fresh();
        }
        if ((i + 1) % (PREDICTIONS / FLUSHES) == 0) {
          join.snapshot();
        }
      }
      double bytes = (double) files() / PREDICTIONS;
      System.out.printf(
          Locale.ROOT, "%s: %.1f bytes on disk for each waiting prediction%n", task, bytes);
      assertThat(bytes).isBetween(40.0, (double) most);
    }
  }

  private long files() throws IOException {
    try (Stream<Path> files = Files.walk(folder.resolve("db"))) {
      return files
          .filter(file -> file.toString().endsWith(".sst"))
          .mapToLong(
              file -> {
                try {
                  return Files.size(file);
                } catch (IOException e) {
                  throw new UncheckedIOException(e);
                }
              })
          .sum();
    }
  }
}
