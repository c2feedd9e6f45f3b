package io.plumbline.benchmarks;

import java.nio.charset.StandardCharsets;

/** An event of {@link io.plumbline.benchmarks.decode.SampleEvents} that gets another time or id. */
public final class EventTemplate {
  private static final byte[] TIME = "\"ts\":".getBytes(StandardCharsets.UTF_8);
  private static final byte[] ID = "\"prediction_id\":\"p-".getBytes(StandardCharsets.UTF_8);
  private static final int ID_DIGITS = 12;

  private final byte[] event;
  private final int time;
  private final int id;

  /**
   * @param event as JSON
   */
  public EventTemplate(byte[] event) {
    this.event = event;
    time = end(event, TIME);
    id = end(event, ID);
  }

  /** Templates of events. */
  public static EventTemplate[] of(byte[][] events) {
    EventTemplate[] templates = new EventTemplate[events.length];
    for (int i = 0; i < events.length; i++) {
      templates[i] = new EventTemplate(events[i]);
    }
    return templates;
  }

  /**
   * The event at another time.
   *
   * @param millis since the epoch, with as many digits as its own
   */
  public byte[] at(long millis) {
    byte[] copy = event.clone();
    byte[] digits = Long.toString(millis).getBytes(StandardCharsets.UTF_8);
    System.arraycopy(digits, 0, copy, time, digits.length);
    return copy;
  }

  /** The same with another number as its id. */
  public byte[] at(long millis, long number) {
    byte[] copy = at(millis);
    writeId(copy, id, number);
    return copy;
  }

  /** A label of the prediction with this number. */
  public static byte[] label(long number, long millis, boolean truth) {
    byte[] label =
        ("{\"prediction_id\":\"p-000000000000\",\"ts\":" + millis + ",\"label\":" + truth + "}")
            .getBytes(StandardCharsets.UTF_8);
    writeId(label, end(label, ID), number);
    return label;
  }

  private static void writeId(byte[] event, int from, long number) {
    long rest = number;
    for (int i = ID_DIGITS - 1; i >= 0; i--) {
      event[from + i] = (byte) ('0' + rest % 10);
      rest /= 10;
    }
  }

  /** Where the first occurrence of a text ends. */
  private static int end(byte[] event, byte[] text) {
    for (int i = 0; i + text.length <= event.length; i++) {
      int matched = 0;
      while (matched < text.length && event[i + matched] == text[matched]) {
        matched++;
      }
      if (matched == text.length) {
        return i + matched;
      }
    }
    throw new IllegalArgumentException(
        "an event without " + new String(text, StandardCharsets.UTF_8));
  }
}
