package io.plumbline.featurehealth.freshness;

import io.plumbline.runtime.control.Announcement;

/**
 * Something about a feature that is no value of it: how new its newest value is, or what the
 * registry says. Public and flat, so that Flink serialises it without Kryo.
 *
 * @param newest the time of a value, in epoch milliseconds; null: none is known
 * @param announced whether the registry says something: the rest is meaningless without
 * @param spec null: the registry has the feature no more
 * @param ofFile as of an {@link Announcement}
 * @param caughtUp as of an {@link Announcement}
 */
public record FeatureNews(
    String feature,
    Long newest,
    boolean announced,
    FeatureSpec spec,
    boolean ofFile,
    boolean caughtUp) {
  /** A value of this time has come. */
  public static FeatureNews newest(String feature, long time) {
    return new FeatureNews(feature, time, false, null, false, false);
  }

  /**
   * What the registry says.
   *
   * @param newest the time of the newest value that came before; null: none is known
   */
  static FeatureNews announced(Announcement<FeatureSpec> announcement, Long newest) {
    return new FeatureNews(
        announcement.name(),
        newest,
        true,
        announcement.spec(),
        announcement.ofFile(),
        announcement.caughtUp());
  }
}
