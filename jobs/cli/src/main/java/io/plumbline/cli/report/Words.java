package io.plumbline.cli.report;

import io.plumbline.events.DriftResult;
import java.util.List;

/** Says what the numbers of a feature mean: what moved, how much it matters, how sure that is. */
@FunctionalInterface
public interface Words {
  /**
   * @param whole the feature's result over all rows
   * @param segments its results within segments; empty if there are none
   * @return sentences, the most important first
   */
  List<String> of(DriftResult whole, List<DriftResult> segments);
}
