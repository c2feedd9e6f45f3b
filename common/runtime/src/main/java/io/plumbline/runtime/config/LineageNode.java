package io.plumbline.runtime.config;

import io.plumbline.runtime.config.binding.Limits.Required;
import java.io.Serializable;
import java.util.List;

/**
 * One entry of {@code lineage}: a node that is neither a feature nor a model.
 *
 * @param reads the nodes that it is made from
 */
public record LineageNode(
    @Required String name,
    @Required Kind kind,
    String owner,
    String description,
    List<String> reads)
    implements Serializable {

  /** What a node is. */
  public enum Kind {
    SOURCE,
    DATASET,
    JOB
  }
}
