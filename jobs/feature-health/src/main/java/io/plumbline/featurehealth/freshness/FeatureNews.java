package io.plumbline.featurehealth.freshness;

/**
 * Something about a feature that is no value of it. Public and flat, so that Flink serialises it
 * without Kryo; absent parts are null.
 *
 * @param newest the time of a value of it, in epoch milliseconds
 * @param spec what the registry says of it now
 * @param ofFile whether the file says so, and this run has only now begun to watch: a change since
 *     the last run is an edit of the file
 * @param removed whether the registry has it no more
 * @param caughtUp whether the sources have read what was written while the job was down
 */
public record FeatureNews(
    String feature,
    Long newest,
    FeatureSpec spec,
    boolean ofFile,
    boolean removed,
    boolean caughtUp) {
  static FeatureNews newest(String feature, long time) {
    return new FeatureNews(feature, time, null, false, false, false);
  }

  static FeatureNews registered(
      String feature, FeatureSpec spec, boolean ofFile, boolean caughtUp) {
    return new FeatureNews(feature, null, spec, ofFile, false, caughtUp);
  }

  static FeatureNews removed(String feature) {
    return new FeatureNews(feature, null, null, false, true, false);
  }
}
