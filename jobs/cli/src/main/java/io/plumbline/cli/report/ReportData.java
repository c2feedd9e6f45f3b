package io.plumbline.cli.report;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.plumbline.events.BinCount;
import io.plumbline.events.CategoryCount;
import io.plumbline.events.DriftResult;
import io.plumbline.events.ProfileSummary;
import java.io.IOException;
import java.io.StringWriter;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/**
 * What the page draws from, as JSON for {@code script} elements: an overview, which is read when
 * the page opens, and the details of each feature, which are read when the feature is opened. A
 * page of 500 features in 20 segments has 10,500 results: what does not apply is left out,
 * statistics have six digits, and of a segment's categories only those that differ most are named.
 */
final class ReportData {
  private static final JsonFactory FACTORY = new JsonFactory();
  private static final MathContext DIGITS = new MathContext(6);
  private static final int SEGMENT_CATEGORIES = 12;

  private final JsonGenerator json;

  private ReportData(JsonGenerator json) {
    this.json = json;
  }

  /**
   * What the table and the heat map are made of.
   *
   * @param segments the segments in the order of the page's columns
   */
  static String overview(List<ReportedFeature> features, List<String> segments) throws IOException {
    return text(data -> data.writeOverview(features, segments));
  }

  /** What is shown of an opened feature. */
  static String details(ReportedFeature feature, List<String> segments, Words words)
      throws IOException {
    return text(data -> data.writeDetails(feature, segments, words));
  }

  private interface Content {
    void writeTo(ReportData data) throws IOException;
  }

  private static String text(Content content) throws IOException {
    StringWriter text = new StringWriter();
    try (JsonGenerator json = FACTORY.createGenerator(text)) {
      content.writeTo(new ReportData(json));
    }
    // Outside of strings JSON has no such character; in them, "</script>" would end the element.
    return text.toString().replace("<", "\\u003c");
  }

  private void writeOverview(List<ReportedFeature> features, List<String> segments)
      throws IOException {
    json.writeStartObject();
    strings("segments", segments);
    json.writeArrayFieldStart("features");
    for (int i = 0; i < features.size(); i++) {
      DriftResult whole = features.get(i).whole();
      json.writeStartObject();
      json.writeNumberField("index", i);
      json.writeStringField("name", whole.feature());
      json.writeStringField("type", whole.type());
      json.writeFieldName("all");
      overview(whole);
      json.writeArrayFieldStart("segments");
      for (DriftResult result : features.get(i).within(segments)) {
        overview(result);
      }
      json.writeEndArray();
      json.writeEndObject();
    }
    json.writeEndArray();
    json.writeEndObject();
  }

  /** Null for a segment without result. */
  private void overview(DriftResult result) throws IOException {
    if (result == null) {
      json.writeNull();
      return;
    }
    json.writeStartObject();
    verdict(result);
    json.writeBooleanField("drifted", result.driftDetected());
    number("psi", result.psi());
    if (result.segment().isEmpty()) {
      number("js", result.jsDistance());
      number("p", Figures.pValue(result));
      number("missing", Figures.currentMissing(result));
    }
    json.writeEndObject();
  }

  private void verdict(DriftResult result) throws IOException {
    json.writeStringField("level", result.overallSeverity());
    text("distribution", result.severity());
    text("missing_level", result.missingSeverity());
  }

  private void writeDetails(ReportedFeature feature, List<String> segments, Words words)
      throws IOException {
    DriftResult whole = feature.whole();
    json.writeStartObject();
    json.writeStringField("role", whole.role());
    number("importance", whole.importance());
    strings("words", words.of(whole, feature.segments()));
    json.writeFieldName("all");
    result(whole, whole.categories());
    json.writeArrayFieldStart("segments");
    for (DriftResult result : feature.within(segments)) {
      if (result == null) {
        json.writeNull();
      } else {
        result(result, mostDifferent(result));
      }
    }
    json.writeEndArray();
    json.writeEndObject();
  }

  private void result(DriftResult result, List<CategoryCount> categories) throws IOException {
    json.writeStartObject();
    verdict(result);
    text("reason", result.reason());
    counts("rows", result.referenceRows(), result.currentRows());
    counts("nulls", result.referenceNulls(), result.currentNulls());
    counts("infinities", result.referenceInfinities(), result.currentInfinities());
    number("psi", result.psi());
    number("psi_p", result.psiPValue());
    number("ks", result.ksStatistic());
    number("ks_p", result.ksPValue());
    number("wasserstein", result.wasserstein());
    number("js", result.jsDistance());
    number("chi2", result.chi2Statistic());
    number("chi2_p", result.chi2PValue());
    number("mmd", result.mmd2());
    number("mmd_p", result.mmdPValue());
    number("q", result.qValue());
    number("new", result.newCategoryRatio());
    number("new_p", result.newCategoryPValue());
    if (result.bounds() != null && !result.bounds().isEmpty()) {
      json.writeObjectFieldStart("bounds");
      for (Map.Entry<String, Double> bound : result.bounds().entrySet()) {
        number(bound.getKey(), bound.getValue());
      }
      json.writeEndObject();
    }
    if (result.referenceProfile() != null && result.currentProfile() != null) {
      json.writeArrayFieldStart("profiles");
      profile(result.referenceProfile());
      profile(result.currentProfile());
      json.writeEndArray();
      bins(result.bins());
    }
    categories(categories);
    json.writeEndObject();
  }

  private void profile(ProfileSummary profile) throws IOException {
    json.writeStartObject();
    number("mean", profile.mean());
    number("stddev", profile.stddev());
    exact("min", profile.min());
    exact("max", profile.max());
    json.writeObjectFieldStart("quantiles");
    if (profile.quantiles() != null) {
      for (Map.Entry<String, Double> quantile : profile.quantiles().entrySet()) {
        exact(quantile.getKey(), quantile.getValue());
      }
    }
    json.writeEndObject();
    json.writeEndObject();
  }

  /** Each as {@code [from, to, reference, current]}; an atom's ends are the same. */
  private void bins(List<BinCount> bins) throws IOException {
    if (bins == null) {
      return;
    }
    json.writeArrayFieldStart("bins");
    for (BinCount bin : bins) {
      json.writeStartArray();
      end(bin.from());
      end(bin.atom() ? bin.from() : bin.to());
      json.writeNumber(bin.reference());
      json.writeNumber(bin.current());
      json.writeEndArray();
    }
    json.writeEndArray();
  }

  private void end(Double value) throws IOException {
    if (value == null || !Double.isFinite(value)) {
      json.writeNull();
    } else {
      json.writeNumber(value);
    }
  }

  /** Each as {@code [name, reference, current]}, with the name as the result has it. */
  private void categories(List<CategoryCount> categories) throws IOException {
    if (categories == null) {
      return;
    }
    json.writeArrayFieldStart("categories");
    for (CategoryCount category : categories) {
      json.writeStartArray();
      json.writeString(category.category());
      json.writeNumber(category.reference());
      json.writeNumber(category.current());
      json.writeEndArray();
    }
    json.writeEndArray();
  }

  /** The categories whose share differs most; the others of the reference are the rare ones. */
  private static List<CategoryCount> mostDifferent(DriftResult result) {
    List<CategoryCount> all = result.categories();
    if (all == null || all.size() <= SEGMENT_CATEGORIES) {
      return all;
    }
    double reference = Math.max(1, all.stream().mapToLong(CategoryCount::reference).sum());
    double current = Math.max(1, all.stream().mapToLong(CategoryCount::current).sum());
    List<CategoryCount> kept = new ArrayList<>(all.stream().filter(CategoryCount::unseen).toList());
    List<CategoryCount> known =
        all.stream()
            .filter(c -> !c.unseen() && !c.rare())
            .sorted(
                Comparator.comparingDouble(
                    (CategoryCount c) ->
                        -Math.abs(c.current() / current - c.reference() / reference)))
            .toList();
    kept.addAll(known.subList(0, Math.min(SEGMENT_CATEGORIES, known.size())));
    long keptReference = kept.stream().mapToLong(CategoryCount::reference).sum();
    long keptCurrent = kept.stream().mapToLong(CategoryCount::current).sum();
    kept.add(
        CategoryCount.ofRare(
            all.stream().mapToLong(CategoryCount::reference).sum() - keptReference,
            all.stream().mapToLong(CategoryCount::current).sum() - keptCurrent));
    return kept;
  }

  private void strings(String name, List<String> texts) throws IOException {
    json.writeArrayFieldStart(name);
    for (String text : texts) {
      json.writeString(text);
    }
    json.writeEndArray();
  }

  private void text(String name, String value) throws IOException {
    if (value != null) {
      json.writeStringField(name, value);
    }
  }

  private void counts(String name, Long reference, Long current) throws IOException {
    json.writeArrayFieldStart(name);
    json.writeNumber(reference == null ? 0 : reference);
    json.writeNumber(current == null ? 0 : current);
    json.writeEndArray();
  }

  private void number(String name, Double value) throws IOException {
    if (value != null && Double.isFinite(value)) {
      json.writeNumberField(name, BigDecimal.valueOf(value).round(DIGITS).doubleValue());
    }
  }

  /** Ends of steps stay apart however near they are. */
  private void exact(String name, Double value) throws IOException {
    if (value != null && Double.isFinite(value)) {
      json.writeNumberField(name, value);
    }
  }
}
