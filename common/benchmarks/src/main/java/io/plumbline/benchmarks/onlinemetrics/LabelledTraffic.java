package io.plumbline.benchmarks.onlinemetrics;

import io.plumbline.benchmarks.EventTemplate;
import io.plumbline.benchmarks.EventTopic;
import io.plumbline.benchmarks.decode.SampleEvents;
import io.plumbline.events.Topic;
import java.time.Duration;
import java.util.Arrays;
import java.util.Properties;
import java.util.Random;

/**
 * Predictions of 20 features and three segments, scored in the first minute of each hour of some
 * days, and a label for each, late by an hour to 30 days: as many of them within each factor of
 * delay. Labels come in order of their own time.
 */
final class LabelledTraffic {
  static final int PARTITIONS = 4;

  private static final int DISTINCT = 4096;
  private static final int FEATURES = 20;
  private static final long HOUR = Duration.ofHours(1).toMillis();
  private static final long MINUTE = Duration.ofMinutes(1).toMillis();
  private static final double SHORTEST_DELAY = HOUR;
  private static final double LONGEST_DELAY = Duration.ofDays(30).toMillis();

  /** Bits of a prediction's number, below those of a label's time. */
  private static final int NUMBER_BITS = 24;

  private final EventTemplate[] templates;
  private final long from;
  private final int hours;
  private final long count;

  /**
   * @param count of predictions, less than 16 million
   * @param days over which they are spread, before those of the labels
   */
  LabelledTraffic(long count, int days) {
    long now = System.currentTimeMillis();
    templates = EventTemplate.of(SampleEvents.predictions(DISTINCT, FEATURES, now, 1));
    hours = days * 24;
    from = now - now % HOUR - (long) hours * HOUR - (long) LONGEST_DELAY;
    this.count = count;
  }

  /** What the config says of the model. */
  static String config(Properties client, String prefix) {
    return EventTopic.config(client, prefix)
        + """
        features:
          - {name: country, type: categorical, categories: [DE, FR, NL, ES, IT, PL]}
          - {name: channel, type: categorical, categories: [web, app, branch]}
          - {name: tier, type: categorical, categories: [bronze, silver, gold]}
        models:
          - name: credit
            task: binary
            label_horizon: 30d
            segments: [{column: country}, {column: channel}, {column: tier}]
            versions: [{version: v3}]
        """;
  }

  private long time(long number) {
    double place = (double) number / count * hours;
    double hour = Math.floor(place);
    return from + (long) (hour * HOUR + (place - hour) * MINUTE);
  }

  /** Writes some of the predictions. */
  void writePredictions(Properties client, String prefix, long first, long end) {
    EventTopic.fill(
        client,
        prefix,
        Topic.PREDICTIONS,
        i -> templates[(int) (i % DISTINCT)].at(time(first + i), first + i),
        end - first,
        PARTITIONS);
  }

  /** Writes the labels of some predictions. */
  void writeLabels(Properties client, String prefix, int labels) {
    long[] arrivals = new long[labels];
    Random random = new Random(1);
    for (int i = 0; i < labels; i++) {
      double delay = SHORTEST_DELAY * Math.pow(LONGEST_DELAY / SHORTEST_DELAY, random.nextDouble());
      // Any of them, and each at most once.
      long number = (long) ((double) i / labels * count);
      arrivals[i] = (time(number) - from + (long) delay) << NUMBER_BITS | number;
    }
    Arrays.sort(arrivals);
    EventTopic.fill(
        client,
        prefix,
        Topic.LABELS,
        i -> {
          long arrival = arrivals[(int) i];
          long number = arrival & (1L << NUMBER_BITS) - 1;
          return EventTemplate.label(
              number, from + (arrival >> NUMBER_BITS), (number * 31 & 64) == 0);
        },
        labels,
        PARTITIONS);
  }
}
