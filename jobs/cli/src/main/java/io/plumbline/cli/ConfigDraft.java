package io.plumbline.cli;

import io.plumbline.cli.report.Figures;
import io.plumbline.profile.ProfileFile;
import io.plumbline.profile.ProfileHeader;
import io.plumbline.profile.ProfileRow;
import io.plumbline.stats.category.CategoryTally;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.snakeyaml.engine.v2.api.Dump;
import org.snakeyaml.engine.v2.api.DumpSettings;
import org.snakeyaml.engine.v2.api.StreamDataWriter;
import org.snakeyaml.engine.v2.comments.CommentLine;
import org.snakeyaml.engine.v2.comments.CommentType;
import org.snakeyaml.engine.v2.common.FlowStyle;
import org.snakeyaml.engine.v2.nodes.CollectionNode;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.representer.StandardRepresenter;
import org.snakeyaml.engine.v2.schema.CoreSchema;

/**
 * A plumbline.yaml as the data suggests it: each bound has a comment that says what of the data it
 * is from.
 */
final class ConfigDraft {
  /** Categories that a person still reads. */
  private static final int MOST_CATEGORIES = 50;

  /** Where checks of missing cells begin if the data misses none. */
  private static final double LEAST_NULL_THRESHOLD = 0.01;

  private static final BigDecimal MORE_THAN_SEEN = new BigDecimal("1.5");

  private static final DumpSettings SETTINGS =
      DumpSettings.builder()
          .setDefaultFlowStyle(FlowStyle.FLOW)
          .setDumpComments(true)
          .setIndicatorIndent(2)
          .setIndentWithIndicator(true)
          .setWidth(160)
          .setSchema(new CoreSchema())
          .build();

  private final ProfileFile profile;
  private final StandardRepresenter representer = new StandardRepresenter(SETTINGS);

  private ConfigDraft(ProfileFile profile) {
    this.profile = profile;
  }

  /**
   * @param reference where the jobs find the data or its profile
   * @param model whose reference it is; empty: no model is described
   */
  static String yaml(ProfileFile profile, String reference, Optional<String> model) {
    return new ConfigDraft(profile).write(reference, model);
  }

  private String write(String reference, Optional<String> model) {
    Map<String, Object> sections = new LinkedHashMap<>();
    sections.put("features", List.of());
    model.ifPresent(name -> sections.put("models", List.of(model(name, reference))));
    MappingNode root = block(sections);
    SequenceNode features = (SequenceNode) valueOf(root, "features");
    features.setFlowStyle(FlowStyle.BLOCK);
    profile.rows().stream()
        .filter(row -> !row.kind().equals("multivariate") && nameable(row.feature()))
        .forEach(row -> features.getValue().add(feature(row)));
    profile.header().leftOut().stream()
        .filter(left -> left.reason().startsWith("an identifier") && nameable(left.column()))
        .forEach(left -> features.getValue().add(identifier(left)));
    comment(
        root,
        "features",
        text("Drafted from %s, %,d rows.", source(), profile.header().rows()),
        "What a comment calls seen is what this data shows; what should be is for you to say.");
    if (model.isPresent()) {
      describeModel(root);
    }
    StringBuilder text = new StringBuilder();
    new Dump(SETTINGS)
        .dumpNode(
            root,
            new StreamDataWriter() {
              @Override
              public void write(String more) {
                text.append(more);
              }

              @Override
              public void write(String more, int offset, int length) {
                text.append(more, offset, offset + length);
              }
            });
    for (ProfileHeader.LeftOut left : profile.header().leftOut()) {
      if (!left.reason().startsWith("an identifier") || !nameable(left.column())) {
        leftOut(left.column(), left.reason(), text);
      }
    }
    for (ProfileRow row : profile.rows()) {
      if (!nameable(row.feature())) {
        leftOut(row.feature(), "a config cannot name it: give the column a name of letters", text);
      }
    }
    return text.toString();
  }

  private static void leftOut(String column, String reason, StringBuilder text) {
    text.append("# left out: ")
        .append(TerminalText.name(column) + " (" + oneLine(reason) + ")")
        .append('\n');
  }

  /** Whether a config takes it for a name. */
  private static boolean nameable(String column) {
    return !column.isBlank();
  }

  private String source() {
    List<ProfileHeader.Source> sources = profile.header().sources();
    return sources.size() == 1 ? sources.get(0).uri() : sources.size() + " sources";
  }

  private Map<String, Object> model(String name, String reference) {
    Map<String, Object> version = new LinkedHashMap<>();
    String given = profile.header().modelVersion();
    version.put("version", given.isEmpty() ? "1" : given);
    version.put("role", "champion");
    version.put("reference", reference);
    Map<String, Object> model = new LinkedHashMap<>();
    model.put("name", name);
    model.put(
        "features",
        profile.rows().stream()
            .filter(row -> !row.kind().equals("multivariate"))
            .map(ProfileRow::feature)
            .filter(ConfigDraft::nameable)
            .toList());
    model.put("versions", List.of(version));
    return model;
  }

  private void describeModel(MappingNode root) {
    SequenceNode models = (SequenceNode) valueOf(root, "models");
    models.setFlowStyle(FlowStyle.BLOCK);
    MappingNode model = (MappingNode) models.getValue().get(0);
    model.setFlowStyle(FlowStyle.BLOCK);
    ((CollectionNode<?>) valueOf(model, "versions")).setFlowStyle(FlowStyle.BLOCK);
    comment(model, "features", "All columns of the data: take out what the model does not read.");
  }

  private MappingNode feature(ProfileRow row) {
    Map<String, Object> keys = new LinkedHashMap<>();
    Map<String, String> comments = new LinkedHashMap<>();
    keys.put("name", row.feature());
    keys.put("type", row.kind());
    if (row.summary() != null && row.kind().equals("numeric") && row.summary().min() != null) {
      Map<String, Object> range = new LinkedHashMap<>();
      range.put("min", number(row.summary().min()));
      range.put("max", number(row.summary().max()));
      keys.put("range", range);
      comments.put("range", rangeComment(row));
    }
    if (row.kind().equals("categorical")) {
      categories(row, keys, comments);
    }
    long missing = row.nulls() + row.nans() + row.infinities();
    double ratio = row.rows() == 0 ? 0 : (double) missing / row.rows();
    keys.put("null_threshold", nullThreshold(missing, row.rows()));
    comments.put(
        "null_threshold",
        missing == 0
            ? text("no cell of %,d is missing; 1 %% is a common place to start", row.rows())
            : text(
                "%,d of %,d cells are missing, %s; half as many again are taken for usual",
                missing, row.rows(), percent(ratio)));
    MappingNode node = block(keys);
    comments.forEach((key, comment) -> comment(node, key, comment));
    return node;
  }

  private static String rangeComment(ProfileRow row) {
    Map<String, Double> quantiles = row.summary().quantiles();
    return "least and greatest seen; 98 %% of them lie in %s to %s"
        .formatted(Figures.number(quantiles.get("0.01")), Figures.number(quantiles.get("0.99")));
  }

  private static void categories(
      ProfileRow row, Map<String, Object> keys, Map<String, String> comments) {
    List<CategoryTally> tallies = row.categories();
    if (tallies.isEmpty() || tallies.size() > MOST_CATEGORIES) {
      comments.put("type", text("%,d categories seen, too many to list here", tallies.size()));
      return;
    }
    keys.put("categories", tallies.stream().map(CategoryTally::category).toList());
    CategoryTally rarest =
        tallies.stream()
            .min(java.util.Comparator.comparingLong(CategoryTally::count))
            .orElseThrow();
    comments.put(
        "categories",
        oneLine(
            text(
                "all %d seen; the rarest, %s, %,d times",
                tallies.size(), rarest.category(), rarest.count())));
  }

  private MappingNode identifier(ProfileHeader.LeftOut left) {
    Map<String, Object> keys = new LinkedHashMap<>();
    keys.put("name", left.column());
    keys.put("type", kind(left.column()));
    keys.put("role", "id");
    MappingNode node = block(keys);
    comment(node, "role", left.reason());
    return node;
  }

  private String kind(String feature) {
    return profile.header().features().stream()
        .filter(described -> described.name().equals(feature))
        .map(ProfileHeader.Feature::kind)
        .findFirst()
        .orElseThrow();
  }

  private static String text(String format, Object... values) {
    return String.format(Locale.ROOT, format, values);
  }

  private static String percent(double ratio) {
    return BigDecimal.valueOf(100 * ratio).round(new MathContext(2)).toPlainString() + " %";
  }

  /** Half as many again as are missing, in two digits, rounded up. */
  private static double nullThreshold(long missing, long rows) {
    if (missing == 0) {
      return LEAST_NULL_THRESHOLD;
    }
    double usual =
        BigDecimal.valueOf(missing)
            .multiply(MORE_THAN_SEEN)
            .divide(BigDecimal.valueOf(rows), new MathContext(2, RoundingMode.CEILING))
            .doubleValue();
    return Math.min(1, Math.max(LEAST_NULL_THRESHOLD, usual));
  }

  private static Object number(double value) {
    boolean whole = value == Math.rint(value) && Math.abs(value) < 1e15;
    return whole ? (Object) (long) value : (Object) value;
  }

  private MappingNode block(Map<String, Object> keys) {
    MappingNode node = (MappingNode) representer.represent(keys);
    node.setFlowStyle(FlowStyle.BLOCK);
    return node;
  }

  private static Node valueOf(MappingNode mapping, String key) {
    return tuple(mapping, key).getValueNode();
  }

  private static NodeTuple tuple(MappingNode mapping, String key) {
    return mapping.getValue().stream()
        .filter(tuple -> ((ScalarNode) tuple.getKeyNode()).getValue().equals(key))
        .findFirst()
        .orElseThrow();
  }

  private static void comment(MappingNode mapping, String key, String... lines) {
    List<CommentLine> comments = new ArrayList<>();
    for (String line : lines) {
      comments.add(
          new CommentLine(
              Optional.empty(), Optional.empty(), " " + oneLine(line), CommentType.BLOCK));
    }
    tuple(mapping, key).getKeyNode().setBlockComments(comments);
  }

  /** Names come from data: in a comment they end no line. */
  private static String oneLine(String text) {
    return TerminalText.plain(text);
  }
}
