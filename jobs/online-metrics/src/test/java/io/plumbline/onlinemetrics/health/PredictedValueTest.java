package io.plumbline.onlinemetrics.health;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.events.Prediction.Role;
import io.plumbline.onlinemetrics.join.Fresh;
import io.plumbline.onlinemetrics.model.KnownModels;
import io.plumbline.onlinemetrics.model.Models;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Which number of a prediction is watched. */
class PredictedValueTest {
  private static final Map<String, Double> CLASSES = Map.of("no", 0.7, "yes", 0.3);

  private final KnownModels models =
      Models.of(
          """
          models:
            - {name: binary, task: binary, positive: "yes"}
            - {name: topic, task: multiclass}
            - {name: price, task: regression}
            - {name: open}
          """);

  private Double of(String model, Double score, Map<String, Double> scores, Double value) {
    return PredictedValue.of(
        Fresh.answer(Role.CHAMPION, model, "v1", 0, score, scores, value, null, null, null),
        models.model(model));
  }

  @Test
  void itIsTheScoreOfABinaryModelsPositiveClass() {
    assertThat(of("binary", 0.2, null, 9.0)).isEqualTo(0.2);
    assertThat(of("binary", null, CLASSES, null)).isEqualTo(0.3);
    assertThat(of("binary", null, Map.of("no", 0.7), null)).isNull();
    assertThat(of("binary", null, null, 9.0)).isNull();
  }

  @Test
  void itIsTheGreatestScoreAmongSeveralClasses() {
    assertThat(of("topic", null, CLASSES, null)).isEqualTo(0.7);
    assertThat(of("topic", 0.6, null, null)).isEqualTo(0.6);
    assertThat(of("topic", null, Map.of(), null)).isNull();
    assertThat(of("topic", null, Map.of("a", Double.NaN, "b", 0.5), null)).isNaN();
  }

  @Test
  void itIsTheValueOfARegression() {
    assertThat(of("price", 0.2, CLASSES, 9.0)).isEqualTo(9);
    assertThat(of("price", 0.2, null, null)).isNull();
  }

  @Test
  void ofAModelWithoutATaskItIsWhatThereIs() {
    for (String model : new String[] {"open", "unknown"}) {
      assertThat(of(model, 0.2, null, 9.0)).isEqualTo(0.2);
      assertThat(of(model, null, CLASSES, 9.0)).isEqualTo(0.7);
      assertThat(of(model, null, null, 9.0)).isEqualTo(9);
      assertThat(of(model, null, null, null)).isNull();
    }
  }
}
