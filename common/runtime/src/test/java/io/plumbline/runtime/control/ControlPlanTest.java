package io.plumbline.runtime.control;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.events.ControlMessage;
import io.plumbline.runtime.control.ControlPlan.Outcome;
import io.plumbline.runtime.control.ControlPlan.Step;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class ControlPlanTest {
  private static final ControlSnapshot HOLDS =
      Changes.snapshot(
          3,
          Changes.feature("income", "ann", 0),
          Changes.feature("gone", "ann", 1),
          Changes.change(2, "feature", "gone", null));

  private static Step step(Instant clock, String spec) {
    String name = spec.substring(0, spec.indexOf(' '));
    String yaml =
        "{kind: feature, name: %s, spec: %s}".formatted(name, spec.substring(name.length()));
    return new ControlPlan(HOLDS, "bob", clock).apply(ControlDocuments.read("c", yaml)).get(0);
  }

  @Test
  void onlyWhatDiffersIsSent() {
    Instant later = Changes.NOON.plusSeconds(5);
    Step same = step(later, "income {owner: ann, role: feature, type: numeric}");
    assertThat(same).isEqualTo(new Step("feature/income", Outcome.UNCHANGED, null));
    Step changed = step(later, "income {type: numeric, owner: eve}");
    assertThat(changed.outcome()).isEqualTo(Outcome.CHANGED);
    assertThat(changed.message())
        .isEqualTo(
            new ControlMessage(
                "feature",
                "income",
                "{\"name\":\"income\",\"type\":\"numeric\",\"owner\":\"eve\",\"role\":\"feature\",\"critical\":false}",
                "bob",
                later));
    assertThat(step(later, "new {type: numeric}").outcome()).isEqualTo(Outcome.CREATED);
    assertThat(step(later, "gone {type: numeric, owner: ann}").outcome())
        .isEqualTo(Outcome.CREATED);
  }

  @Test
  void theTimesOfAThingsChangesAscendEvenIfClocksDisagree() {
    Step changed = step(Changes.NOON.minusSeconds(60), "income {type: numeric}");
    assertThat(changed.message().at()).isEqualTo(Changes.NOON.plusMillis(1));
  }

  @Test
  void onlyWhatHoldsIsTakenBack() {
    ControlPlan plan = new ControlPlan(HOLDS, "bob", Changes.NOON.plusSeconds(1));
    assertThat(HOLDS.of(ControlKind.MODEL)).isEmpty();
    assertThat(HOLDS.of(ControlKind.FEATURE)).hasSize(1);
    assertThat(plan.takeBack(HOLDS.of(ControlKind.FEATURE).get(0)))
        .isEqualTo(
            new ControlMessage("feature", "income", null, "bob", Changes.NOON.plusSeconds(1)));
  }
}
