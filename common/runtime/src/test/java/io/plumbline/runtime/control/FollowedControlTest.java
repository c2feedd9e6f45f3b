package io.plumbline.runtime.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.plumbline.runtime.config.KafkaConfig;
import io.plumbline.runtime.config.PlumblineConfig;
import io.plumbline.runtime.control.ViewFactory.Views;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What tasks see of control while no broker answers. */
@Timeout(value = 2, unit = TimeUnit.MINUTES)
class FollowedControlTest {
  /** Nobody listens there. */
  private static final KafkaConfig NOWHERE =
      PlumblineConfig.defaults().kafka().withBootstrapServers("127.0.0.1:1");

  private static final ControlSnapshot INITIAL =
      Changes.snapshot(1, Changes.feature("income", "ann", 0));

  /** A view that is changed from outside, as by what was read for it. */
  private static final class Pieces implements Views<List<String>> {
    private final Runnable changed;
    private Set<String> pieces = Set.of();
    private RuntimeException failure;
    private boolean isComplete;

    Pieces(Runnable changed) {
      this.changed = changed;
    }

    void come(Set<String> more, boolean all) {
      pieces = more;
      isComplete = all;
      changed.run();
    }

    void fail(RuntimeException with) {
      failure = with;
      changed.run();
    }

    @Override
    public List<String> of(ControlSnapshot control) {
      if (failure != null) {
        throw failure;
      }
      return List.of(control.changes().keySet().toString(), pieces.toString());
    }

    @Override
    public boolean isComplete() {
      return isComplete;
    }
  }

  private static Pieces pieces;

  private static ViewFactory<List<String>> views() {
    return changed -> {
      pieces = new Pieces(changed);
      return pieces;
    };
  }

  @Test
  void aTaskGoesOnWithWhatTheLauncherReadAndTakesWhatComes() throws Exception {
    FollowedControl<List<String>> followed = new FollowedControl<>(NOWHERE, INITIAL, views());
    long began = System.nanoTime();
    followed.open();
    assertThat(System.nanoTime() - began).isLessThan(TimeUnit.SECONDS.toNanos(60));
    List<String> first = followed.current();
    assertThat(first).containsExactly("[feature/income]", "[]");
    pieces.come(Set.of(), false);
    assertThat(followed.current()).isSameAs(first);
    pieces.come(Set.of("a"), true);
    assertThat(followed.current()).containsExactly("[feature/income]", "[a]");
    followed.close();
    followed.close();
  }

  @Test
  void aViewThatCannotBeMadeFailsTheTasks() throws Exception {
    SharedView<List<String>> shared = new SharedView<>(views(), NOWHERE, INITIAL);
    pieces.fail(new IllegalStateException("no view"));
    shared.awaitComplete();
    assertThatThrownBy(shared::current)
        .isInstanceOf(IllegalStateException.class)
        .hasRootCauseMessage("no view");
    shared.close();
    Error error = new NoClassDefFoundError("a class");
    SharedView<List<String>> ended = new SharedView<>(views(), NOWHERE, INITIAL);
    ended.failed(error);
    assertThatThrownBy(ended::current).hasCause(error);
    ended.close();
  }

  @Test
  void aTaskThatIsInterruptedAtItsStartWaitsNoLonger() throws Exception {
    FollowedControl<List<String>> followed = new FollowedControl<>(NOWHERE, INITIAL, views());
    Thread.currentThread().interrupt();
    assertThatThrownBy(followed::open).isInstanceOf(CancellationException.class);
    assertThat(Thread.interrupted()).isTrue();
    followed.close();
  }
}
