package io.plumbline.runtime.control;

import com.fasterxml.jackson.databind.JsonNode;
import io.plumbline.events.ControlMessage;
import io.plumbline.events.EventJson;
import io.plumbline.runtime.config.WrittenDocument;
import io.plumbline.runtime.config.binding.Problems;
import io.plumbline.runtime.ingest.Decoder;
import io.plumbline.runtime.ingest.Malformed;
import io.plumbline.runtime.ingest.StrictJson;
import io.plumbline.runtime.input.BadInput;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Reads a message of the control topic and makes sure that its spec is one of its kind, so that a
 * bad one goes to the dead letters and what was said before still holds.
 */
public final class ControlDecoder implements Decoder<ControlMessage> {
  private static final int LONGEST_REASON = 1000;
  private static final List<String> TEXTS = List.of("kind", "name", "author");

  @Override
  public ControlMessage decode(byte[] json) throws Malformed {
    JsonNode record = StrictJson.read(json);
    boolean whole =
        TEXTS.stream().allMatch(field -> record.path(field).isTextual())
            && record.hasNonNull("at")
            && record.has("spec");
    if (!whole) {
      throw new Malformed(
          "expected an object with at, spec, and as text kind, name and author, found "
              + Malformed.shown(record.toString()));
    }
    ControlDocument document = bind("message", record.toString());
    return new ControlMessage(
        document.kind().key(),
        document.name(),
        document.spec() == null ? null : record.get("spec").toString(),
        record.get("author").textValue(),
        EventJson.time(record.get("at")));
  }

  /**
   * The spec of a message as its kind's record.
   *
   * @throws Malformed if it is none: the message was decoded by another version
   */
  static Record spec(ControlMessage message) throws Malformed {
    return bind(message.key(), new String(EventJson.write(message), StandardCharsets.UTF_8)).spec();
  }

  private static ControlDocument bind(String name, String json) throws Malformed {
    try {
      Problems problems = new Problems(name);
      WrittenDocument written = WrittenDocument.read(json, problems).get(0);
      Optional<ControlDocument> document = ControlDocument.of(written);
      ControlDocument.problem(written.author())
          .ifPresent(wrong -> written.problem("author", wrong));
      problems.throwIfAny();
      return document.orElseThrow();
    } catch (BadInput e) {
      String all = e.getMessage().lines().collect(Collectors.joining("; "));
      throw new Malformed(all.length() > LONGEST_REASON ? all.substring(0, LONGEST_REASON) : all);
    }
  }
}
