package io.plumbline.cli.simulate;

import static io.plumbline.cli.simulate.SimulatedFeature.Trait.LASTING;
import static io.plumbline.cli.simulate.SimulatedFeature.Trait.NULLABLE;
import static io.plumbline.cli.simulate.SimulatedFeature.Trait.OFFLINE;

import io.plumbline.cli.simulate.Shape.Categories;
import io.plumbline.cli.simulate.Shape.LogNormal;
import io.plumbline.cli.simulate.Shape.Normal;
import io.plumbline.cli.simulate.Shape.Ratio;
import io.plumbline.cli.simulate.Shape.ZeroInflated;
import io.plumbline.cli.simulate.SimulatedFeature.Trait;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * What is simulated: a bank whose model {@code credit} predicts defaults from 20 features, which
 * four jobs make of three sources.
 */
final class World {
  static final String MODEL = "credit";
  static final String FEATURE_VERSION = "1.0";
  static final String SEGMENT = "country";
  static final long CUSTOMERS = 1_000_000;

  /** What serves, and what runs along: a little better, and slower. */
  static final List<SimulatedVersion> VERSIONS =
      List.of(
          new SimulatedVersion("v3", "champion", 0.5, 12),
          new SimulatedVersion("v4", "shadow", 0.2, 15));

  /** Index of the version that serves. */
  static final int CHAMPION = 0;

  /** Log odds of the positive class when no feature says anything. */
  static final double BASE = -1.2;

  /** A node of the lineage without a schedule of its own. */
  record Origin(String name, String kind, String owner, List<String> reads) {}

  static final List<Origin> ORIGINS =
      List.of(
          new Origin("core_banking", "source", "payments-team", List.of()),
          new Origin("credit_bureau", "source", "partner-team", List.of()),
          new Origin("web_events", "source", "web-team", List.of()),
          new Origin("transactions", "dataset", "data-team", List.of("core_banking")));

  static final List<SimulatedJob> JOBS =
      List.of(
          job("session_features", "web-team", "web_events", 5, 30),
          job("spending_profile", "data-team", "transactions", 10, 60),
          job("account_summary", "data-team", "transactions", 20, 120),
          job("bureau_report", "risk-team", "credit_bureau", 30, 180));

  static final List<SimulatedFeature> FEATURES = new Features().all;

  private World() {}

  private static SimulatedJob job(
      String name, String owner, String reads, int everySeconds, int slaSeconds) {
    return new SimulatedJob(
        name, owner, reads, Duration.ofSeconds(everySeconds), Duration.ofSeconds(slaSeconds));
  }

  /** Which feature has the name; -1: none. */
  static int feature(String name) {
    return IntStream.range(0, FEATURES.size())
        .filter(i -> FEATURES.get(i).name().equals(name))
        .findFirst()
        .orElse(-1);
  }

  static SimulatedJob jobOf(int feature) {
    return JOBS.get(FEATURES.get(feature).job());
  }

  static List<String> featuresOf(SimulatedJob job) {
    return FEATURES.stream()
        .filter(feature -> JOBS.get(feature.job()).equals(job))
        .map(SimulatedFeature::name)
        .toList();
  }

  /** Writes the list down, job by job. */
  private static final class Features {
    private final List<SimulatedFeature> all = new ArrayList<>();

    Features() {
      session();
      spending();
      account();
      bureau();
    }

    private void session() {
      add("requested_amount", 0, new LogNormal(8000, 0.8, 250_000, 2), 0.3, "form.amount");
      add(
          "session_seconds",
          0,
          new LogNormal(240, 0.9, 86_400, 1),
          0,
          "MAX(ts) - MIN(ts) FROM web_events");
      add("pages_viewed", 0, new LogNormal(7, 0.7, 1000, 0), 0, "COUNT(*) FROM web_events");
      add(
          "channel",
          0,
          new Categories(List.of("web", "app", "branch", "partner"), 0.5),
          0,
          "FIRST(channel) FROM web_events");
      add("device", 0, new Categories(named("device-", 8), 0.6), 0, "PARSE(user_agent)", NULLABLE);
    }

    private void spending() {
      add("purchases_30d", 1, new LogNormal(22, 0.8, 2000, 0), 0, "COUNT(*) OVER 30d");
      add(
          "spending_30d",
          1,
          new ZeroInflated(-1, 150, 0.9, 500_000, 2),
          0,
          "SUM(amount) OVER 30d",
          OFFLINE);
      add("average_basket", 1, new LogNormal(38, 0.6, 50_000, 2), 0, "AVG(amount) OVER 30d");
      add(
          "gambling_share_90d",
          1,
          new ZeroInflated(1, 0.01, 1.2, 1, 4),
          0.4,
          "SUM(gambling) / SUM(amount) OVER 90d");
      add(
          "merchant_category",
          1,
          new Categories(named("merchant-", 40), 0.9),
          0,
          "MODE(category) OVER 30d",
          NULLABLE);
      add("refunds_30d", 1, new ZeroInflated(0.8, 1, 0.6, 500, 0), 0, "COUNT(refund) OVER 30d");
    }

    private void account() {
      add(
          "income",
          2,
          new LogNormal(2800, 0.5, 100_000, 2),
          -0.9,
          "SUM(salary) OVER 90d / 3",
          OFFLINE);
      add("balance", 2, new Normal(2500, 1800, -20_000, 50_000, 2), -0.3, "SUM(balance)");
      add(
          "overdraft_days_90d",
          2,
          new ZeroInflated(0.5, 4, 0.8, 90, 0),
          0.5,
          "COUNT(day) WHERE balance < 0 OVER 90d");
      add("debt_to_income", 2, new Ratio(-0.9, 0.8), 0.8, "SUM(instalment) / income", OFFLINE);
      add(
          "account_age_months",
          2,
          new LogNormal(60, 0.9, 1200, 0),
          0,
          "now() - MIN(opened)",
          LASTING);
      add(
          "country",
          2,
          new Categories(List.of("DE", "FR", "NL", "ES", "IT", "PL"), 0.65),
          0,
          "customer.country",
          LASTING);
    }

    private void bureau() {
      add("bureau_score", 3, new Normal(600, 90, 300, 850, 0), -1.1, "report.score", NULLABLE);
      add("open_loans", 3, new LogNormal(2, 0.8, 100, 0), 0, "COUNT(report.loan)");
      add("utilisation", 3, new Ratio(-0.4, 1), 0.5, "report.used / report.limit", OFFLINE);
    }

    private static List<String> named(String prefix, int count) {
      return IntStream.rangeClosed(1, count).mapToObj(i -> prefix + i).toList();
    }

    private void add(
        String name, int job, Shape shape, double weight, String computation, Trait... traits) {
      all.add(new SimulatedFeature(name, job, shape, weight, computation, Set.of(traits)));
    }
  }
}
