package io.plumbline.cli.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.plumbline.cli.DriftReport;
import io.plumbline.drift.plan.DriftPlan;
import io.plumbline.drift.plan.InputFiles;
import io.plumbline.drift.plan.ScanPlan;
import io.plumbline.drift.plan.Segments;
import io.plumbline.drift.verdict.DatasetVerdict;
import io.plumbline.events.DriftResult;
import io.plumbline.events.EventJson;
import io.plumbline.runtime.config.PlumblineConfig;
import io.plumbline.runtime.segment.SegmentColumn;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;

/** Runs that were never run: features that drift more the later their number. */
final class SampleReport {
  private static final int ROWS = 300;
  private static final String[] QUANTILES = {"0.01", "0.05", "0.25", "0.5", "0.75", "0.95", "0.99"};

  private SampleReport() {}

  /** So many numeric and, every fifth, categorical features, within so many segments too. */
  static DriftReport of(int features, int segments) {
    Random random = new Random(1);
    List<DriftResult> results = new ArrayList<>();
    for (int i = 0; i < features; i++) {
      for (int segment = 0; segment <= segments; segment++) {
        double shift = 2.0 * i / features * random.nextDouble();
        String name = "feature_%03d".formatted(i);
        String in = segment == 0 ? "" : "country=C%02d".formatted(segment);
        results.add(i % 5 == 4 ? categorical(name, in, shift) : numeric(name, in, shift, random));
      }
    }
    return of(results, segments);
  }

  static DriftReport of(List<DriftResult> results, int segments) {
    List<DriftResult> sorted = new ArrayList<>(results);
    sorted.sort(Comparator.comparing((DriftResult r) -> r.psi() == null ? -1 : r.psi()).reversed());
    long drifted = sorted.stream().filter(r -> r.segment().isEmpty() && r.driftDetected()).count();
    DatasetVerdict verdict =
        new DatasetVerdict(
            drifted > 0,
            "high",
            0.5,
            0.5,
            1,
            Map.of(),
            "drifted: " + drifted + " features drifted");
    return new DriftReport(
        plan("credit", "v3", "reference/v3", "tables", segments),
        sorted,
        List.of(new DriftPlan.LeftOut("departure", "TIMESTAMP(MICROS,false) is not compared")),
        verdict,
        1.5,
        200_000);
  }

  static DriftPlan plan(
      String model, String version, String reference, String output, int segments) {
    List<String> values = IntStream.rangeClosed(1, segments).mapToObj("C%02d"::formatted).toList();
    return plan(model, version, reference, output, values);
  }

  /** With these values of the country as segments; none: without segments. */
  static DriftPlan plan(
      String model, String version, String reference, String output, List<String> values) {
    InputFiles input = new InputFiles("/data/dt=2026-11-23", List.of(), Map.of(), "0000", null);
    return new DriftPlan(
        "drift-2026-11-23-x",
        model,
        version,
        reference,
        LocalDate.parse("2026-11-23"),
        input,
        input,
        new ScanPlan(
            List.of(),
            values.isEmpty()
                ? Segments.none()
                : Segments.of(List.of(SegmentColumn.of("country", values, values.size()))),
            null,
            false),
        List.of(),
        Set.of(),
        Set.of(),
        PlumblineConfig.defaults().drift(),
        List.of(),
        false,
        output,
        null);
  }

  /** Only what every result has. */
  static DriftResult bare(String feature, String segment) {
    return read(identity(feature, segment, "numeric", 0));
  }

  static DriftResult numeric(String feature, String segment, double shift, Random random) {
    double[] reference = random.doubles(ROWS, 0, 1).map(SampleReport::bell).sorted().toArray();
    double[] current = random.doubles(ROWS, 0, 1).map(u -> bell(u) + shift).sorted().toArray();
    ObjectNode result = identity(feature, segment, "numeric", shift);
    ArrayNode bins = result.putArray("bins");
    for (int bin = 0; bin < 10; bin++) {
      double from = bin == 0 ? Double.NEGATIVE_INFINITY : quantile(reference, bin / 10.0);
      double to = bin == 9 ? Double.POSITIVE_INFINITY : quantile(reference, (bin + 1) / 10.0);
      ObjectNode node = bins.addObject();
      if (bin > 0) {
        node.put("from", from);
      }
      if (bin < 9) {
        node.put("to", to);
      }
      node.put("atom", false)
          .put("reference", within(reference, from, to))
          .put("current", within(current, from, to));
    }
    result.set("reference_profile", profile(reference));
    result.set("current_profile", profile(current));
    result.put("ks_statistic", Math.min(1, shift / 3)).put("ks_p_value", Math.exp(-9 * shift));
    result.put("wasserstein", shift);
    return read(result);
  }

  /** One value on each side. */
  static DriftResult constant(String feature, double reference, double current) {
    ObjectNode result = identity(feature, "", "numeric", 1);
    long stayed = reference == current ? ROWS : 0;
    ArrayNode bins = result.putArray("bins");
    bins.addObject().put("to", reference).put("reference", 0).put("current", 0);
    bins.addObject()
        .put("from", reference)
        .put("to", reference)
        .put("atom", true)
        .put("reference", ROWS)
        .put("current", stayed);
    bins.addObject().put("from", reference).put("reference", 0).put("current", ROWS - stayed);
    result.set("reference_profile", profile(new double[] {reference, reference}));
    result.set("current_profile", profile(new double[] {current, current}));
    return read(result);
  }

  static DriftResult categorical(String feature, String segment, double shift) {
    ObjectNode result = identity(feature, segment, "categorical", shift);
    ArrayNode categories = result.putArray("categories");
    for (int i = 0; i < 20; i++) {
      long reference = 1000 / (i + 1);
      categories
          .addObject()
          .put("category", "category " + i)
          .put("reference", reference)
          .put("current", (long) (reference * (1 + shift * (i % 3 - 1) / 2)));
    }
    categories.addObject().put("category", "__rare__").put("reference", 40).put("current", 30);
    categories.addObject().put("category", "__new__").put("reference", 0).put("current", 10);
    result.put("chi2_statistic", 100 * shift).put("chi2_p_value", Math.exp(-20 * shift));
    return read(result);
  }

  static DriftResult category(String feature, String category) {
    return categories(feature, "", category);
  }

  /** With these, as results write them, in the same rows each. */
  static DriftResult categories(String feature, String segment, String... categories) {
    ObjectNode result = identity(feature, segment, "categorical", 1);
    ArrayNode counts = result.putArray("categories");
    for (String category : categories) {
      counts.addObject().put("category", category).put("reference", 5).put("current", 6);
    }
    return read(result);
  }

  private static ObjectNode identity(String feature, String segment, String type, double shift) {
    double psi = shift * shift / 4;
    String severity = psi > 0.25 ? "high" : psi > 0.1 ? "medium" : psi > 0.01 ? "low" : "none";
    ObjectNode result = EventJson.mapper().createObjectNode();
    result.put("feature", feature).put("segment", segment).put("type", type).put("role", "feature");
    result.put("overall_severity", severity).put("severity", severity);
    result.put("drift_detected", psi > 0.1).put("withdrawn", false);
    if (shift > 0) {
      result
          .put("reason", "PSI %.3f".formatted(psi))
          .put("psi", psi)
          .put("psi_p_value", Math.exp(-40 * shift));
      result.put("js_distance", Math.min(1, psi)).put("missing_severity", "none");
      result.put("reference_rows", ROWS).put("current_rows", ROWS);
      result.put("reference_nulls", 0).put("current_nulls", feature.endsWith("7") ? 30 : 0);
    }
    return result;
  }

  private static DriftResult read(ObjectNode result) {
    try {
      return EventJson.mapper().treeToValue(result, DriftResult.class);
    } catch (JsonProcessingException e) {
      throw new AssertionError(e);
    }
  }

  /** Roughly normal. */
  private static double bell(double uniform) {
    return Math.log(uniform / (1 - uniform)) * 0.55;
  }

  private static double quantile(double[] sorted, double q) {
    return sorted[(int) (q * (sorted.length - 1))];
  }

  private static long within(double[] values, double from, double to) {
    return Arrays.stream(values).filter(v -> v >= from && v < to).count();
  }

  private static ObjectNode profile(double[] sorted) {
    ObjectNode profile = EventJson.mapper().createObjectNode();
    profile.put("mean", Arrays.stream(sorted).average().orElseThrow()).put("stddev", 1.0);
    profile.put("min", sorted[0]).put("max", sorted[sorted.length - 1]);
    ObjectNode quantiles = profile.putObject("quantiles");
    for (String q : QUANTILES) {
      quantiles.put(q, quantile(sorted, Double.parseDouble(q)));
    }
    return profile;
  }
}
