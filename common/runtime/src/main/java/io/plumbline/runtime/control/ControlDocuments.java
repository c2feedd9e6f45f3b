package io.plumbline.runtime.control;

import io.plumbline.runtime.config.ConfigLoader;
import io.plumbline.runtime.config.PlumblineConfig;
import io.plumbline.runtime.config.WrittenDocument;
import io.plumbline.runtime.config.binding.Problems;
import io.plumbline.runtime.input.BadInput;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Control documents as people write them: {@code {kind, name, spec}}, several divided by {@code
 * ---}, or a whole plumbline.yaml, of which each entry that control can change becomes one.
 */
public final class ControlDocuments {
  private ControlDocuments() {}

  /**
   * @param file stands for the text in messages
   * @throws BadInput with everything that is wrong in it
   */
  public static List<ControlDocument> read(String file, String text) {
    Problems problems = new Problems(file);
    List<WrittenDocument> written = WrittenDocument.read(text, problems);
    List<ControlDocument> documents =
        written.isEmpty() ? ofConfig(ConfigLoader.parse(file, text), problems) : ofWritten(written);
    problems.throwIfAny();
    if (documents.isEmpty()) {
      throw new BadInput(
          file + ": expected control documents or a plumbline.yaml, found none of either");
    }
    return documents;
  }

  private static List<ControlDocument> ofWritten(List<WrittenDocument> all) {
    List<ControlDocument> documents = new ArrayList<>();
    Set<String> seen = new HashSet<>();
    for (WrittenDocument written : all) {
      ControlDocument.of(written)
          .ifPresent(
              document -> {
                documents.add(document);
                if (document.spec() == null) {
                  written.problem(
                      "spec", "expected a mapping of keys; 'plumbline delete' takes back");
                }
                if (!seen.add(document.key())) {
                  written.problem("name", document.key() + " stands twice");
                }
              });
    }
    return documents;
  }

  private static List<ControlDocument> ofConfig(PlumblineConfig config, Problems problems) {
    List<ControlDocument> documents = new ArrayList<>();
    config.features().forEach(f -> documents.add(document(ControlKind.FEATURE, f, problems)));
    config.models().forEach(m -> documents.add(document(ControlKind.MODEL, m, problems)));
    config.lineage().forEach(n -> documents.add(document(ControlKind.LINEAGE, n, problems)));
    config.monitors().forEach(m -> documents.add(document(ControlKind.MONITOR, m, problems)));
    if (config.route() != null) {
      documents.add(document(ControlKind.ROUTE, config.route(), problems));
    }
    return documents;
  }

  private static ControlDocument document(ControlKind kind, Record spec, Problems problems) {
    ControlDocument document = new ControlDocument(kind, kind.ownName(spec), spec);
    ControlDocument.problem(document.name())
        .ifPresent(wrong -> problems.add(0, document.key(), wrong));
    return document;
  }
}
