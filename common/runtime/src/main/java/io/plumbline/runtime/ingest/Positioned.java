package io.plumbline.runtime.ingest;

import org.apache.flink.api.common.typeinfo.TypeInformation;

/**
 * An event and where it stands in its topic, for those who may have to refuse it later.
 *
 * @param <T> the event
 * @param partition of the topic that the stream is of
 */
public record Positioned<T>(T event, int partition, long offset) {
  /** The type, from that of the events. */
  public static <T> TypeInformation<Positioned<T>> type(TypeInformation<T> event) {
    return new PositionedTypeInfo<>(event);
  }
}
