package io.plumbline.runtime.ingest;

import io.plumbline.events.DeadLetter;

/**
 * What became of one Kafka record: an event, or a dead letter.
 *
 * @param <T> the event
 */
public final class Ingested<T> {
  private final T event;
  private final DeadLetter deadLetter;

  private Ingested(T event, DeadLetter deadLetter) {
    this.event = event;
    this.deadLetter = deadLetter;
  }

  public static <T> Ingested<T> event(T event) {
    return new Ingested<>(event, null);
  }

  public static <T> Ingested<T> deadLetter(DeadLetter deadLetter) {
    return new Ingested<>(null, deadLetter);
  }

  /** Null for a dead letter. */
  public T event() {
    return event;
  }

  /** Null for an event. */
  public DeadLetter deadLetter() {
    return deadLetter;
  }
}
