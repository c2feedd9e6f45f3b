package io.plumbline.cli.simulate;

import io.plumbline.cli.Interruption;
import io.plumbline.cli.cluster.DurationConverter;
import io.plumbline.cli.cluster.KafkaOptions;
import io.plumbline.cli.simulate.SimulatedFeature.Trait;
import io.plumbline.events.Topic;
import io.plumbline.runtime.config.KafkaConfig;
import io.plumbline.runtime.config.PlumblineConfig;
import io.plumbline.runtime.input.BadInput;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code plumbline simulate}. */
@Command(
    name = "simulate",
    description = {
      "Plays a bank and its model 'credit': writes predictions with 20 features by a champion and"
          + " a shadow that is a little better, the labels that come later, and the updates of the"
          + " features, on their topics; and breaks one thing at a known time, so that a job can be"
          + " seen at work.",
      "Of the predictions 0.5 %% are errors; 5 %% are never labelled. Of the labels 2 %% are wrong"
          + " and corrected by a later one, 1 %% are sent twice, 0.5 %% have no prediction.",
      "What breaks, when and where is told on stderr. The same --seed gives the same values; with"
          + " the same --start, the same records to the last byte."
    },
    mixinStandardHelpOptions = true,
    sortOptions = false,
    footer = {
      "",
      "Faults:",
      "  none        nothing goes wrong",
      "  stale       the job behind a feature stops: purchases_30d, and all of its job",
      "  drift       a feature's distribution shifts, the truth does not: income",
      "  nulls       30 %% of a feature's values are null: bureau_score",
      "  skew        a feature's values differ from training's: debt_to_income",
      "  worse       the champion's scores are noise for the most part, the shadow's are not",
      "  unlabelled  labels come no more",
      "  silent      predictions come no more",
      "",
      "Example:",
      "  plumbline simulate --write-config world.yaml --fault stale --fault-at 1m"
    })
public final class SimulateCommand implements Callable<Integer> {
  private static final List<Topic> TOPICS =
      List.of(Topic.PREDICTIONS, Topic.LABELS, Topic.FEATURES);

  /** All lengths of time are nanoseconds in 64 bits, and sums and multiples of some of them. */
  private static final Duration LONGEST = Duration.ofDays(365);

  /** Events between two looks at whether somebody still listens, where there is no other break. */
  private static final int LOOK_EVERY = 1024;

  @Option(
      names = "--rate",
      paramLabel = "N",
      defaultValue = "50",
      description = "Predictions a second, by each version (50).")
  private double rate;

  @Option(
      names = "--seed",
      paramLabel = "S",
      defaultValue = "1",
      description = "What all values depend on (1).")
  private long seed;

  @Option(
      names = "--fault",
      paramLabel = "FAULT",
      defaultValue = "drift",
      description =
          "none, stale, drift, nulls, skew, worse, unlabelled or silent: see below (drift).")
  private Fault.Kind fault;

  @Option(
      names = "--fault-at",
      paramLabel = "T",
      defaultValue = "2m",
      converter = DurationConverter.class,
      description = "How long after the start it begins (2m).")
  private Duration faultAt;

  @Option(
      names = "--fault-feature",
      paramLabel = "NAME",
      description = "In which feature, if in one; default: see below.")
  private String faultFeature;

  @Option(
      names = "--label-delay",
      paramLabel = "T",
      defaultValue = "30s",
      converter = DurationConverter.class,
      description =
          "How long labels take on average, and corrections after them (30s); log-normal: half"
              + " come within 0.6 of it, a hundredth after more than six times as long.")
  private Duration labelDelay;

  @Option(
      names = "--start",
      paramLabel = "TIME",
      description = {
        "When it begins: 2026-11-25T10:00:00Z; default: now. What is past by then is made up for"
            + " as fast as possible, so that the jobs find a history."
      })
  private String start;

  @Option(
      names = "--for",
      paramLabel = "T",
      converter = DurationConverter.class,
      description = "End so long after the start; default: when interrupted.")
  private Duration length;

  @Option(
      names = "--count",
      paramLabel = "N",
      description = "End after so many predictions by each version.")
  private long count = Long.MAX_VALUE;

  @Option(
      names = "--write-config",
      paramLabel = "FILE",
      description = "Write a plumbline.yaml that describes all this, to run the jobs with.")
  private Path writeConfig;

  @Option(
      names = "--stdout",
      description = "Print each record as a line, TOPIC<TAB>JSON, instead of sending it.")
  private boolean stdout;

  @Mixin private KafkaOptions options;

  @Spec private CommandSpec spec;

  private final Clock clock = Clock.systemUTC();

  @Override
  public Integer call() {
    check();
    Fault planned = fault();
    Instant given = start == null ? null : start(clock.instant());
    KafkaConfig kafka = kafka();
    if (writeConfig != null) {
      WorldConfig.write(writeConfig, kafka, labelDelay);
    }
    try (Interruption interruption = Interruption.watch()) {
      SimulationProgress progress;
      try (Output output = output(kafka)) {
        // Connecting took its time: now is when all is ready.
        Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        progress = play(output, given == null ? now : given, now, planned, interruption);
      }
      progress.ended();
      interruption.endedWell();
    }
    return 0;
  }

  private Output output(KafkaConfig kafka) {
    return stdout ? new LineOutput(System.out, kafka::name) : new KafkaOutput(kafka, TOPICS);
  }

  /** Returns who knows what was sent. */
  private SimulationProgress play(
      Output output, Instant begin, Instant now, Fault planned, Interruption interruption) {
    Simulation simulation =
        new Simulation(
            new Simulation.Settings(seed, rate, labelDelay, planned),
            new JsonEvents(output, begin, seed));
    Pace pace = new Pace(Duration.between(begin, now));
    SimulationProgress progress =
        new SimulationProgress(
            new PrintWriter(System.err, true, StandardCharsets.UTF_8),
            stdout,
            simulation,
            planned,
            pace);
    progress.started(begin);
    long end = length == null ? Long.MAX_VALUE : length.toNanos();
    int sinceLook = 0;
    while (!interruption.asked() && simulation.predicted() < count) {
      long next = Math.min(simulation.next(), end);
      long lag = pace.lag(next);
      if (lag < 0 || ++sinceLook == LOOK_EVERY) {
        sinceLook = 0;
        progress.tick(next);
        if (!output.flush()) {
          break;
        }
      }
      if (lag < 0) {
        pace.sleep(lag);
      } else if (next == end) {
        break;
      } else {
        progress.reached(next, begin);
        simulation.step();
      }
    }
    return progress;
  }

  private Fault fault() {
    if (fault.standardFeature == null) {
      if (faultFeature != null) {
        throw wrong("--fault-feature: fault %s is in no feature".formatted(fault));
      }
      return new Fault(fault, faultAt, Fault.NO_FEATURE);
    }
    String name = faultFeature == null ? fault.standardFeature : faultFeature;
    int feature = World.feature(name);
    List<String> possible =
        World.FEATURES.stream()
            .filter(f -> fault != Fault.Kind.skew || f.is(Trait.OFFLINE))
            .map(SimulatedFeature::name)
            .toList();
    if (!possible.contains(name)) {
      throw new ParameterException(
          spec.commandLine(),
          "--fault-feature: for %s expected one of %s, found '%s'"
              .formatted(fault, String.join(", ", possible), name));
    }
    return new Fault(fault, faultAt, feature);
  }

  private void check() {
    // Negated, so that NaN is caught as well.
    if (!(rate > 0 && rate <= 1_000_000)) {
      throw wrong("--rate: expected a number above 0 and at most 1000000, found " + rate);
    }
    if (count < 0) {
      throw wrong("--count: expected at least 0, found " + count);
    }
    notTooLong("--fault-at", faultAt);
    notTooLong("--label-delay", labelDelay);
    if (length != null) {
      notTooLong("--for", length);
    }
  }

  private void notTooLong(String option, Duration given) {
    if (given.compareTo(LONGEST) > 0) {
      throw wrong("%s: expected at most %dd".formatted(option, LONGEST.toDays()));
    }
  }

  private Instant start(Instant now) {
    Instant begin;
    try {
      begin = OffsetDateTime.parse(start).toInstant();
    } catch (DateTimeException e) {
      throw new ParameterException(
          spec.commandLine(),
          "--start: expected a time like 2026-11-25T10:00:00Z, found '%s'".formatted(start),
          e);
    }
    if (begin.isAfter(now) || begin.isBefore(now.minus(LONGEST))) {
      throw wrong(
          "--start: expected a time in the last %d days, found %s"
              .formatted(LONGEST.toDays(), start));
    }
    return begin;
  }

  private ParameterException wrong(String message) {
    return new ParameterException(spec.commandLine(), message);
  }

  /** For lines on stdout, no broker has to be there. */
  private KafkaConfig kafka() {
    KafkaConfig kafka =
        stdout && !options.hasConfig() ? PlumblineConfig.defaults().kafka() : options.kafka();
    for (Topic topic : TOPICS) {
      if (!kafka.fields(topic).isEmpty()) {
        throw new BadInput(
            "--config: kafka.topics.%s.fields: simulate writes the contract's own names; leave it out"
                .formatted(topic.key()));
      }
    }
    return kafka;
  }
}
