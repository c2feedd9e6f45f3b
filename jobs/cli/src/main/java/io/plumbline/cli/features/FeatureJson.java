package io.plumbline.cli.features;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.plumbline.events.EventJson;
import java.util.List;

/** A row as an object on one line, for machines: with all issues, and names as they are. */
final class FeatureJson {
  private static final List<String> OF_PLACE = List.of("model", "model_version", "segment");

  private FeatureJson() {}

  /**
   * @param places whether the row is about a place
   */
  static String line(FeatureRow row, boolean places) {
    ObjectNode node = EventJson.mapper().valueToTree(row);
    if (!places) {
      node.remove(OF_PLACE);
    }
    return node.toString();
  }
}
