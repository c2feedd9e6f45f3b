package io.plumbline.runtime.ingest;

import java.io.Serializable;

/**
 * Makes an event of a record's bytes.
 *
 * @param <T> the event
 */
@FunctionalInterface
public interface Decoder<T> extends Serializable {
  /**
   * @throws Malformed if the bytes are no such event, with the reason
   */
  T decode(byte[] json) throws Malformed;
}
