package io.plumbline.onlinemetrics.quality;

import io.plumbline.runtime.state.BinaryTypeInfo;
import org.apache.flink.api.common.typeinfo.TypeInformation;

/** A part of a window's content, or all of it. Nobody changes it once it is given on. */
record QualityDelta(QualityKey key, WindowContent content) {
  /** How Flink writes it. */
  static final TypeInformation<QualityDelta> TYPE =
      new BinaryTypeInfo<>(QualityDelta.class, QualityDeltaForm.class);

  /** Without content. */
  static QualityDelta of(QualityKey key) {
    return new QualityDelta(key, new WindowContent(key.shape()));
  }

  /**
   * The event time at which no further state of the window is expected, by what is known of it.
   *
   * @param allowedLateness in milliseconds
   */
  long finalTime(long allowedLateness) {
    return key.window().end() + content.horizon() + allowedLateness;
  }
}
