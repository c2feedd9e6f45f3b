package io.plumbline.featurehealth.window;

import io.plumbline.events.FeatureCheck;
import org.apache.flink.util.OutputTag;

/** Where the functions that judge features leave their checks. */
public final class Checks {
  public static final OutputTag<FeatureCheck> OUTPUT = new OutputTag<>("checks") {};

  private Checks() {}
}
