package io.plumbline.runtime.ingest;

import java.io.Serializable;
import org.apache.flink.api.common.typeinfo.TypeInformation;

/**
 * In which form events go on from their source.
 *
 * @param <T> the event
 * @param <R> the form
 */
public final class Admission<T, R> implements Serializable {
  private final Form<T, R> form;
  private final TypeInformation<R> type;

  private Admission(Form<T, R> form, TypeInformation<R> type) {
    this.form = form;
    this.type = type;
  }

  /** Makes what goes on of a record that was taken. */
  @FunctionalInterface
  private interface Form<T, R> extends Serializable {
    R of(Ingested<T> record);
  }

  /** As they are. */
  public static <T> Admission<T, T> plain(TypeInformation<T> event) {
    return new Admission<>(Ingested::event, event);
  }

  /** With their positions. */
  public static <T> Admission<T, Positioned<T>> positioned(TypeInformation<T> event) {
    return new Admission<>(
        record -> new Positioned<>(record.event(), record.partition(), record.offset()),
        Positioned.type(event));
  }

  R of(Ingested<T> record) {
    return form.of(record);
  }

  TypeInformation<R> type() {
    return type;
  }
}
