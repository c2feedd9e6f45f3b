package io.plumbline.onlinemetrics.silence;

import org.apache.flink.api.common.functions.RuntimeContext;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;

/**
 * How long each key's model and its versions have said nothing. All times are in epoch
 * milliseconds.
 */
final class Silences {
  /** The model itself, whatever its versions. */
  static final String MODEL = "";

  /** By version. */
  private final MapState<String, Spoken> spoken;

  Silences(RuntimeContext context) {
    spoken =
        context.getMapState(
            new MapStateDescriptor<>("spoken", Types.STRING, TypeInformation.of(Spoken.class)));
  }

  /** Takes note that a version is expected to speak from now on. */
  void begin(String version, long now) throws Exception {
    Spoken before = spoken.get(version);
    if (before == null) {
      spoken.put(version, new Spoken(null, now, false));
    } else if (before.since() == null) {
      spoken.put(version, new Spoken(before.newest(), now, false));
    }
  }

  /** Takes note that a version is expected to speak no more. */
  void end(String version) throws Exception {
    spoken.remove(version);
  }

  void endAll() {
    spoken.clear();
  }

  /**
   * Takes note of a prediction.
   *
   * @return whether it is newer than all before
   */
  boolean spoke(String version, long time) throws Exception {
    Spoken before = spoken.get(version);
    if (before == null) {
      spoken.put(version, new Spoken(time, null, false));
      return true;
    }
    if (before.newest() != null && before.newest() >= time) {
      return false;
    }
    spoken.put(version, new Spoken(time, before.since(), before.isSilent()));
    return true;
  }

  /** Milliseconds since the newest prediction of a version that is expected to speak. */
  long silence(String version, long now) throws Exception {
    return Math.max(0, now - spoken.get(version).from());
  }

  /** From when on a version is silent, unless it speaks. */
  long silentFrom(String version, long maxSilence) throws Exception {
    // At exactly the greatest silence it is not silent yet.
    return spoken.get(version).from() + maxSilence + 1;
  }

  /** Whether it was silent when that was last noted. */
  boolean wasSilent(String version) throws Exception {
    return spoken.get(version).isSilent();
  }

  void note(String version, boolean isSilent) throws Exception {
    Spoken before = spoken.get(version);
    if (before.isSilent() != isSilent) {
      spoken.put(version, new Spoken(before.newest(), before.since(), isSilent));
    }
  }

  /**
   * When a version spoke. Public and flat, so that Flink keeps it without Kryo.
   *
   * @param newest the time of its newest prediction; null: none has come
   * @param since when it was registered; null: it is not yet
   */
  public record Spoken(Long newest, Long since, boolean isSilent) {
    long from() {
      return newest == null ? since : newest;
    }
  }
}
