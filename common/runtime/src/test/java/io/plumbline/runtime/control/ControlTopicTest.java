package io.plumbline.runtime.control;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.plumbline.events.ControlMessage;
import io.plumbline.runtime.config.PlumblineConfig;
import io.plumbline.runtime.input.BadInput;
import java.util.List;
import org.junit.jupiter.api.Test;

class ControlTopicTest {
  @Test
  void whatTheJobsWouldRefuseIsNotSent() {
    ControlMessage good = Changes.feature("income", "ann", 0).message();
    ControlMessage bad = Changes.change(1, "feature", "age", "{\"type\":\"x\"}").message();
    // Nobody listens there: it is refused before anyone is asked.
    assertThatThrownBy(
            () -> ControlTopic.write(PlumblineConfig.defaults().kafka(), List.of(good, bad)))
        .isInstanceOf(BadInput.class)
        .hasMessageStartingWith("feature/age: the jobs would refuse it: ")
        .hasMessageContaining("spec.type: expected one of numeric");
  }
}
