package io.plumbline.runtime.control;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.runtime.config.ConfigLoader;
import io.plumbline.runtime.config.FeatureConfig;
import io.plumbline.runtime.config.ModelConfig;
import io.plumbline.runtime.config.PlumblineConfig;
import io.plumbline.runtime.config.Silence;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class OverridesTest {
  private static final PlumblineConfig FILE =
      ConfigLoader.parse(
          "c",
          """
          features: [{name: income, type: numeric, owner: file}, {name: age, type: numeric, owner: file}]
          models: [{name: credit, versions: [{version: v3, reference: old, stable: true}, {version: v4, role: shadow}]}]
          """);

  private static String owners(ControlChange... changes) {
    List<FeatureConfig> holds = Overrides.of(List.of(changes)).features(FILE.features());
    return holds.stream().map(f -> f.name() + "=" + f.owner()).toList().toString();
  }

  @Test
  void anOverrideReplacesAddsAndIsTakenBackByName() {
    assertThat(owners()).isEqualTo("[income=file, age=file]");
    ControlChange income = Changes.feature("income", "ann", 1);
    ControlChange height = Changes.feature("height", "bob", 2);
    assertThat(owners(income, height)).isEqualTo("[income=ann, age=file, height=bob]");
    ControlChange back = Changes.change(3, "feature", "income", null);
    assertThat(owners(income, height, back)).isEqualTo("[income=file, age=file, height=bob]");
  }

  @Test
  void theLaterOffsetCountsWhateverTheOrder() {
    ControlChange first = Changes.feature("income", "first", 1);
    ControlChange last = Changes.feature("income", "last", 9);
    assertThat(owners(first, last)).isEqualTo(owners(last, first)).contains("income=last");
  }

  @Test
  void changeByChangeIsAllAtOnceAndLeavesWhatWasThere() {
    List<ControlChange> changes =
        List.of(
            Changes.feature("income", "ann", 1),
            Changes.feature("height", "bob", 2),
            Changes.change(
                3, "monitor", "m", "{\"select\":{\"metric\":\"psi\"},\"above\":{\"P1\":1}}"),
            Changes.feature("income", "eve", 4),
            Changes.change(5, "feature", "height", null),
            Changes.change(6, "feature", "income", "{\"kind_of\":\"numeric\"}"));
    Overrides step = Overrides.of(List.of());
    for (int i = 0; i < changes.size(); i++) {
      Overrides before = step;
      List<FeatureConfig> held = before.features(FILE.features());
      step = step.with(changes.get(i));
      Overrides whole = Overrides.of(changes.subList(0, i + 1));
      assertThat(step.features(FILE.features())).isEqualTo(whole.features(FILE.features()));
      assertThat(step.monitors(FILE.monitors())).isEqualTo(whole.monitors(FILE.monitors()));
      assertThat(before.features(FILE.features())).isEqualTo(held);
    }
  }

  @Test
  void aReferenceGoesToItsVersionOnly() {
    String spec = "{\"model\":\"credit\",\"version\":\"v3\",\"reference\":\"new\"}";
    Overrides overrides = Overrides.of(List.of(Changes.change(1, "reference", "credit/v3", spec)));
    assertThat(overrides.models(FILE.models()).get(0).versions())
        .containsExactly(
            new ModelConfig.Version("v3", ModelConfig.Role.CHAMPION, "new", true),
            new ModelConfig.Version("v4", ModelConfig.Role.SHADOW, null, false));
  }

  @Test
  void everyKindHoldsWhatControlSays() {
    Overrides overrides =
        Overrides.of(
            List.of(
                Changes.feature("income", "ann", 0),
                Changes.change(1, "route", "root", "{\"receiver\":\"r\"}"),
                Changes.change(
                    2, "monitor", "m", "{\"select\":{\"metric\":\"psi\"},\"above\":{\"P1\":1}}"),
                Changes.change(
                    3,
                    "silence",
                    "s",
                    "{\"matchers\":{\"a\":\"b\"},\"until\":\"2026-11-26T00:00:00Z\",\"reason\":\"r\"}")));
    assertThat(overrides.features(FILE.features()).get(0).owner()).isEqualTo("ann");
    assertThat(overrides.route(FILE.route()).receiver()).isEqualTo("r");
    assertThat(overrides.route(FILE.route()).groupWait()).isEqualTo(Duration.ofSeconds(30));
    assertThat(overrides.monitors(FILE.monitors())).hasSize(1);
    assertThat(overrides.lineage(FILE.lineage())).isEqualTo(FILE.lineage());
    assertThat(overrides.specs(ControlKind.SILENCE, Silence.class)).containsOnlyKeys("s");
  }

  @Test
  void whatAnotherVersionSaidAndThisOneCannotReadLeavesTheFilesPart() {
    ControlChange unknown = Changes.change(1, "feature", "income", "{\"kind_of\":\"numeric\"}");
    assertThat(owners(unknown, Changes.feature("age", "ann", 2)))
        .isEqualTo("[income=file, age=ann]");
  }
}
