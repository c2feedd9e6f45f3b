package io.plumbline.runtime.control;

import io.plumbline.events.ControlMessage;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What has to be sent so that documents hold. */
public final class ControlPlan {
  private final ControlSnapshot now;
  private final String author;
  private final Instant clock;

  /**
   * @param now what holds
   * @param author who wants the change
   * @param clock when
   */
  public ControlPlan(ControlSnapshot now, String author, Instant clock) {
    this.now = now;
    this.author = author;
    this.clock = clock.truncatedTo(ChronoUnit.MILLIS);
  }

  /** What a document does to what holds. */
  public enum Outcome {
    CREATED,
    CHANGED,
    UNCHANGED;

    /** In words. */
    public String text() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * @param message null if nothing needs to be sent
   */
  public record Step(String key, Outcome outcome, ControlMessage message) {}

  /**
   * One step for each document. Specs that the config reads alike are the same: the order of keys,
   * or a default that is spelled out, is no change.
   */
  public List<Step> apply(List<ControlDocument> documents) {
    List<Step> steps = new ArrayList<>();
    for (ControlDocument document : documents) {
      Optional<ControlChange> last = now.get(document.kind(), document.name());
      Optional<ControlChange> holds = last.filter(change -> change.message().spec() != null);
      Outcome outcome =
          holds.isEmpty()
              ? Outcome.CREATED
              : holds.get().spec().equals(document.spec()) ? Outcome.UNCHANGED : Outcome.CHANGED;
      steps.add(
          new Step(
              document.key(),
              outcome,
              outcome == Outcome.UNCHANGED
                  ? null
                  : message(document.kind().key(), document.name(), document.json(), last)));
    }
    return steps;
  }

  /** The message that takes a change back. */
  public ControlMessage takeBack(ControlChange holds) {
    return message(holds.message().kind(), holds.message().name(), null, Optional.of(holds));
  }

  private ControlMessage message(
      String kind, String name, String spec, Optional<ControlChange> last) {
    // The table of changes is in order of time, even if two clocks disagree.
    Instant after =
        last.map(change -> change.message().at().plusMillis(1))
            .filter(next -> next.isAfter(clock))
            .orElse(clock);
    return new ControlMessage(kind, name, spec, author, after);
  }
}
