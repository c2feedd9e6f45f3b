package io.plumbline.events;

import java.time.Instant;
import java.util.Arrays;

/**
 * A record that could not be taken, with its reason.
 *
 * @param topic where it came from, with partition and offset
 * @param at when it was refused
 * @param bytes as received, cut at {@value #MOST_BYTES}
 */
@SuppressWarnings("ArrayRecordComponent") // told apart by its place, never compared
public record DeadLetter(
    String topic, int partition, long offset, String reason, Instant at, byte[] bytes) {
  private static final int MOST_BYTES = 64 * 1024;

  /** Keeps of the bytes what a dead letter may hold. */
  public static DeadLetter of(
      String topic, int partition, long offset, String reason, Instant at, byte[] bytes) {
    byte[] kept = bytes.length > MOST_BYTES ? Arrays.copyOf(bytes, MOST_BYTES) : bytes;
    return new DeadLetter(topic, partition, offset, reason, at, kept);
  }
}
