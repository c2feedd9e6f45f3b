package io.plumbline.featurehealth.freshness;

import io.plumbline.runtime.control.Announcement;

/**
 * Something about a feature that is no value of it: how new its newest value is, or what the
 * registry says; or, to each task, that the sources have caught up. Public and flat, so that Flink
 * serialises it without Kryo.
 *
 * @param newest the time of a value, in epoch milliseconds; null: none is known
 * @param announced whether the registry says something: {@code spec} and {@code ofFile} are
 *     meaningless without
 * @param spec null: the registry has the feature no more
 * @param ofFile as of an {@link Announcement}
 * @param caughtUp as of an {@link Announcement}: it is about no feature
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
   * That the sources have caught up.
   *
   * @param key whose task hears of it
   */
  public static FeatureNews caughtUp(String key) {
    return new FeatureNews(key, null, false, null, false, true);
  }

  /**
   * What the registry says of a feature.
   *
   * @param newest the time of the newest value that came before; null: none is known
   */
  static FeatureNews announced(Announcement<FeatureSpec> announcement, Long newest) {
    return new FeatureNews(
        announcement.name(), newest, true, announcement.spec(), announcement.ofFile(), false);
  }
}
