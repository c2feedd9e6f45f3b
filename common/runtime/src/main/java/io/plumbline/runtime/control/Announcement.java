package io.plumbline.runtime.control;

import java.util.Map;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;

/**
 * What the registry says of one of its entries now; or, to each task of a keyed operator, that the
 * sources have caught up. Public and flat, so that Flink serialises it without Kryo.
 *
 * @param name of the entry, the key of what is announced
 * @param spec null: the entry was removed
 * @param ofFile whether the file says so, and this run has only now begun: a change since the last
 *     run is an edit of the file
 * @param caughtUp whether it says of no entry anything, but that the sources have read what was
 *     written while the job was down
 * @param <S> what is announced of an entry
 */
public record Announcement<S>(String name, S spec, boolean ofFile, boolean caughtUp) {
  /** What the registry says of an entry; as the constructor has them. */
  public static <S> Announcement<S> of(String name, S spec, boolean ofFile) {
    return new Announcement<>(name, spec, ofFile, false);
  }

  /**
   * That the sources have caught up.
   *
   * @param key whose task hears of it
   */
  public static <S> Announcement<S> caughtUp(String key) {
    return new Announcement<>(key, null, false, true);
  }

  /** How Flink writes it. */
  @SuppressWarnings({"unchecked", "rawtypes"}) // the class has no parameters at run time
  public static <S> TypeInformation<Announcement<S>> type(TypeInformation<S> spec) {
    return (TypeInformation)
        Types.POJO(
            Announcement.class,
            Map.of(
                "name", Types.STRING,
                "spec", spec,
                "ofFile", Types.BOOLEAN,
                "caughtUp", Types.BOOLEAN));
  }
}
