package io.plumbline.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.plumbline.drift.explain.Explanation;
import io.plumbline.drift.plan.DriftPlan;
import io.plumbline.events.DriftResult;
import io.plumbline.events.EventJson;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.List;
import java.util.Map;

/** The report as one JSON document. */
final class DriftJson {
  /** What a result carries for topics and tables, and the document says once, or elsewhere. */
  private static final List<String> NOT_PER_FEATURE =
      List.of(
          "series",
          "window_start",
          "window_end",
          "job",
          "model",
          "model_version",
          "reference",
          "reference_uri",
          "reference_checksum",
          "withdrawn",
          "computed_at");

  private static final ObjectMapper MAPPER = EventJson.mapper();

  private DriftJson() {}

  /**
   * @param explanations in words, of the features that have one
   */
  static void print(DriftReport report, Map<String, Explanation> explanations, PrintWriter out)
      throws IOException {
    ObjectNode document = MAPPER.createObjectNode();
    document.set("run", run(report));
    document.set("verdict", MAPPER.valueToTree(report.verdict()));
    ArrayNode features = document.putArray("features");
    for (DriftResult result : report.results()) {
      ObjectNode feature = feature(result);
      Explanation explanation = explanations.get(result.feature());
      if (explanation != null && result.segment().isEmpty()) {
        feature.set("explanation", MAPPER.valueToTree(explanation.sentences()));
      }
      features.add(feature);
    }
    ObjectWriter writer = MAPPER.writerWithDefaultPrettyPrinter();
    out.println(writer.writeValueAsString(document));
  }

  private static ObjectNode run(DriftReport report) {
    DriftPlan plan = report.plan();
    ObjectNode run = MAPPER.createObjectNode();
    run.put("model", plan.model());
    run.put("model_version", plan.modelVersion());
    run.put("date", plan.date().toString());
    run.put("reference", plan.reference().uri());
    run.put("reference_name", plan.referenceName());
    run.put("reference_checksum", plan.reference().checksum());
    run.put("current", plan.current().uri());
    run.set("methods", methods(report));
    run.put("seconds", report.seconds());
    run.put("rows_per_second", report.rowsPerSecond());
    ArrayNode leftOut = run.putArray("left_out");
    for (DriftPlan.LeftOut column : report.leftOut()) {
      leftOut.addObject().put("column", column.column()).put("reason", column.reason());
    }
    return run;
  }

  private static ObjectNode methods(DriftReport report) {
    boolean exact = report.results().stream().allMatch(r -> r.bounds().isEmpty());
    return MAPPER
        .createObjectNode()
        .put("distribution", exact ? "exact" : "exact, but for the features that have bounds")
        .put("psi", "reference quantile bins with atoms; categories from 0.1 % of the reference")
        .put("ks", "exact p up to 10000 values a side, else asymptotic")
        .put("chi2", "homogeneity of all categories")
        .put("js_distance", "square root of the divergence, base 2")
        .put("mmd", "unbiased, 500 rows a side, 999 permutations")
        .put("rule", report.plan().rules().rule().name().toLowerCase(java.util.Locale.ROOT))
        .put("fdr", report.plan().rules().fdr());
  }

  private static ObjectNode feature(DriftResult result) {
    ObjectNode node = MAPPER.valueToTree(result);
    node.remove(NOT_PER_FEATURE);
    node.set("reference", node.remove("reference_profile"));
    node.set("current", node.remove("current_profile"));
    if (result.bins() == null) {
      node.remove("bins");
    }
    if (result.categories() == null) {
      node.remove("categories");
    }
    return node;
  }
}
