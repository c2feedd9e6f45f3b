package io.plumbline.cli.features;

import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.ObjectReader;
import io.plumbline.events.EventJson;
import io.plumbline.events.FeatureCheck;
import java.io.IOException;
import java.util.Objects;
import java.util.Optional;

/** Reads checks as strictly as the archive does: anybody may write to a topic. */
final class CheckDecoder {
  private static final ObjectReader JSON =
      EventJson.strict(StreamReadConstraints.defaults()).readerFor(FeatureCheck.class);

  private CheckDecoder() {}

  /** Empty if it is no check. */
  static Optional<FeatureCheck> decode(byte[] json) {
    if (json == null) {
      return Optional.empty();
    }
    try {
      FeatureCheck check = JSON.readValue(json);
      return isWhole(check) ? Optional.of(check) : Optional.empty();
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  private static boolean isWhole(FeatureCheck check) {
    return check != null
        && check.feature() != null
        && check.windowStart() != null
        && check.windowEnd() != null
        && check.computedAt() != null
        && check.issues() != null
        && check.issues().stream().allMatch(Objects::nonNull);
  }
}
