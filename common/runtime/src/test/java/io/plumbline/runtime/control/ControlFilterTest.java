package io.plumbline.runtime.control;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import org.apache.flink.api.common.functions.DefaultOpenContext;
import org.junit.jupiter.api.Test;

class ControlFilterTest {
  /** One that a test changes. */
  private static final class Names implements ControlView<Set<String>> {
    private Set<String> now;
    private boolean isOpen;

    @Override
    public void open() {
      isOpen = true;
    }

    @Override
    public Set<String> current() {
      return now;
    }

    @Override
    public void close() {
      isOpen = false;
    }
  }

  @Test
  void aChangeCountsFromTheNextRecordOn() throws Exception {
    Names names = new Names();
    ControlFilter<String, Set<String>> filter = new ControlFilter<>(names, Set::contains);
    filter.open(DefaultOpenContext.INSTANCE);
    assertThat(names.isOpen).isTrue();
    names.now = Set.of("credit");
    assertThat(filter.filter("credit")).isTrue();
    assertThat(filter.filter("fraud")).isFalse();
    names.now = Set.of("fraud");
    assertThat(filter.filter("credit")).isFalse();
    assertThat(filter.filter("fraud")).isTrue();
    filter.close();
    assertThat(names.isOpen).isFalse();
  }
}
