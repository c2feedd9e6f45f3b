package io.plumbline.onlinemetrics.health;

import io.plumbline.events.Answer;
import io.plumbline.events.Prediction.Role;
import io.plumbline.onlinemetrics.model.KnownModel;
import io.plumbline.runtime.segment.SegmentColumn;
import io.plumbline.runtime.window.Window;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;

/**
 * A model's version in one role, under the names that it is counted by, as config and control have
 * it at one time. Its predictions are counted in panes, of which all its windows are made.
 */
final class CountedVersion {
  /** Of a model that config and control do not have. */
  private static final List<Duration> STANDARD_WINDOWS =
      List.of(Duration.ofMinutes(1), Duration.ofHours(1));

  private final Name name;
  private final KnownModel model;
  private final long[] windows;
  private final long pane;

  private long openEnd;
  private SegmentHealths open;

  /** Names under which predictions are counted. */
  record Name(String model, String version, Role role) {}

  /**
   * @param model null: it is not known
   */
  CountedVersion(Name name, KnownModel model) {
    this.name = name;
    this.model = model;
    List<Duration> lengths = model == null ? STANDARD_WINDOWS : model.healthWindows();
    windows = lengths.stream().mapToLong(Duration::toMillis).toArray();
    long common = 0;
    for (long window : windows) {
      common = Window.commonLength(common, window);
    }
    pane = common;
  }

  /** How many series may begin with it: its segments, and all of its traffic. */
  static long series(String version, KnownModel model) {
    long series = 1;
    if (model != null) {
      for (SegmentColumn column : model.segments(version)) {
        series += column.size();
      }
    }
    return series;
  }

  /** Whether it has any windows. */
  boolean isCounted() {
    return pane > 0;
  }

  /** The end of the pane that this time is in, in epoch milliseconds. */
  long paneEnd(long time) {
    return Window.at(time, pane).end();
  }

  /** The number of an answer that is watched; null: it has none. */
  Double value(Answer answer) {
    return PredictedValue.of(answer, model);
  }

  /** What was counted in the pane with this end, if it is the one that was counted in last. */
  SegmentHealths open(long end) {
    return end == openEnd ? open : null;
  }

  /** Keeps at hand what is counted in a pane. */
  void keepOpen(long end, SegmentHealths counted) {
    openEnd = end;
    open = counted;
  }

  /** Gives away what was counted in a pane, in each of its windows. */
  void flush(long end, SegmentHealths counted, Consumer<HealthPart> out) {
    open = null;
    counted.forEach(
        (segment, health) -> {
          for (long window : windows) {
            out.accept(
                new HealthPart(
                    name.model(),
                    name.version(),
                    name.role(),
                    segment,
                    Window.at(end - pane, window),
                    health));
          }
        });
  }
}
