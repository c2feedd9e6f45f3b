package io.plumbline.runtime.ingest;

/** Which events of a stream are too late to be taken. */
public enum Lateness {
  /** Those further behind the watermark than {@code ingest.allowed_lateness}. */
  LIMITED,

  /** None: events that are late by nature, and streams whose windows nobody closes. */
  UNLIMITED
}
