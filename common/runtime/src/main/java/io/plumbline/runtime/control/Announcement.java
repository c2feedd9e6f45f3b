package io.plumbline.runtime.control;

import java.util.Map;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;

/**
 * What the registry says of one of its entries now. Public and flat, so that Flink serialises it
 * without Kryo.
 *
 * @param spec null: the entry was removed
 * @param ofFile whether the file says so, and this run has only now begun: a change since the last
 *     run is an edit of the file
 * @param caughtUp whether the sources have read what was written while the job was down
 * @param <S> what is announced of an entry
 */
public record Announcement<S>(String name, S spec, boolean ofFile, boolean caughtUp) {
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
