package io.plumbline.onlinemetrics.model;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.events.ControlMessage;
import io.plumbline.events.Prediction.Role;
import io.plumbline.profile.ReferenceProfiles;
import io.plumbline.runtime.config.ConfigLoader;
import io.plumbline.runtime.config.ModelConfig.Task;
import io.plumbline.runtime.config.PlumblineConfig;
import io.plumbline.runtime.control.ControlChange;
import io.plumbline.runtime.control.ControlEpoch;
import io.plumbline.runtime.control.ControlSnapshot;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** The models as config, control and reference profiles have them. */
class ModelsComposerTest {
  private static final ControlEpoch EPOCH = new ControlEpoch("id", 1);

  private static final PlumblineConfig CONFIG =
      ConfigLoader.parse(
          "c",
          """
          features:
            - {name: country, type: categorical, categories: [DE, FR]}
          models:
            - name: credit
              task: binary
              segments: [{column: country, max_values: 1}, {column: tier}]
              versions: [{version: v3, reference: a}, {version: v4, role: shadow}]
          """);

  private final Semaphore readings = new Semaphore(0);

  private static ControlSnapshot says(String... kindsNamesAndSpecs) {
    List<ControlChange> changes = new ArrayList<>();
    for (int i = 0; i < kindsNamesAndSpecs.length; i += 3) {
      ControlMessage message =
          new ControlMessage(
              kindsNamesAndSpecs[i],
              kindsNamesAndSpecs[i + 1],
              kindsNamesAndSpecs[i + 2],
              "ann",
              Instant.EPOCH);
      changes.add(new ControlChange(message, EPOCH, i));
    }
    return new ControlSnapshot(EPOCH, changes, changes.size());
  }

  private ModelsComposer composer(ControlSnapshot atLaunch) {
    return new ModelsComposer(
        ModelsBase.of(CONFIG, atLaunch),
        new ReferenceProfiles<>(
            reference -> {
              if (!reference.equals("a")) {
                throw new IOException("none");
              }
              return Map.of("country", List.of("NL", "BE"));
            },
            readings::release));
  }

  private static List<String> texts(KnownModel model, String version) {
    List<String> texts = new ArrayList<>();
    model
        .segments(version)
        .forEach(
            column -> {
              for (int i = 0; i < column.size(); i++) {
                texts.add(column.text(i));
              }
            });
    return texts;
  }

  @Test
  void segmentsByNameAreTheReferencesElseTheFeaturesCategories() throws Exception {
    try (ModelsComposer composer = composer(says())) {
      KnownModel before = composer.of(says()).model("credit");
      assertThat(texts(before, "v3"))
          .containsExactly(
              "country=DE", "country=", "country=__other__", "tier=", "tier=__other__");
      assertThat(readings.tryAcquire(1, TimeUnit.MINUTES)).isTrue();
      KnownModel model = composer.of(says()).model("credit");
      assertThat(texts(model, "v3"))
          .containsExactly(
              "country=NL", "country=", "country=__other__", "tier=", "tier=__other__");
      assertThat(texts(model, "v4")).contains("country=DE");
      assertThat(texts(model, "not in the config")).contains("country=DE");
      assertThat(model.role("v3")).isEqualTo(Role.CHAMPION);
      assertThat(model.role("v4")).isEqualTo(Role.SHADOW);
      assertThat(composer.isComplete()).isTrue();
    }
  }

  @Test
  void controlGoesOverTheFileAndWhatChangesNothingMakesNoOtherView() {
    try (ModelsComposer composer = composer(says())) {
      KnownModels file = composer.of(says());
      assertThat(file.longestHorizon()).isEqualTo(KnownModels.DEFAULT_HORIZON);
      KnownModels more =
          composer.of(
              says(
                  "model",
                  "price",
                  "{\"task\":\"regression\",\"label_horizon\":\"90d\",\"segments\":[{\"column\":\"new\"},{\"column\":\"country\"}]}"));
      assertThat(more.all()).extracting(KnownModel::name).containsExactly("credit", "price");
      assertThat(more.longestHorizon()).isEqualTo(Duration.ofDays(90).toMillis());
      assertThat(more.model("price").task()).isEqualTo(Task.REGRESSION);
      // Predictions were not read with the new column when the job was started.
      assertThat(texts(more.model("price"), "v1"))
          .containsExactly("country=DE", "country=FR", "country=", "country=__other__");
      assertThat(more.model("unknown")).isNull();
      KnownModels again = composer.of(says());
      assertThat(again.model("price")).isNull();
      assertThat(composer.of(says())).isSameAs(again);
    }
  }

  @Test
  void predictionsAreReadWithTheColumnsThatFileAndControlHaveAtLaunch() {
    ControlSnapshot control =
        says("model", "price", "{\"segments\":[{\"column\":\"new\"},{\"column\":\"country\"}]}");
    assertThat(ModelsBase.of(CONFIG, control).columns()).containsExactly("country", "new", "tier");
    assertThat(ModelsBase.of(CONFIG, says()).columns()).containsExactly("country", "tier");
  }
}
