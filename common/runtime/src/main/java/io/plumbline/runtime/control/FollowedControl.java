package io.plumbline.runtime.control;

import io.plumbline.runtime.config.KafkaConfig;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CancellationException;
import org.apache.flink.util.function.SerializableFunction;

/**
 * A view of control as soon as the topic says something else. All tasks of a job in one process
 * share one, and one thread that reads.
 *
 * <pre>
 * FollowedControl.of(kafka, snapshot, overrides -&gt; overrides.monitors(file))
 * </pre>
 *
 * @param <V> the view; equal ones say the same
 */
public final class FollowedControl<V> implements ControlView<V> {
  /** Of this class loader, which is the job's. */
  private static final Map<String, SharedView<?>> SHARED = new HashMap<>();

  private final String id = UUID.randomUUID().toString();
  private final KafkaConfig kafka;
  private final ControlSnapshot initial;
  private final ViewFactory<V> views;
  private transient SharedView<V> shared;

  /**
   * @param initial as the launcher read it: it counts until the topic was read
   */
  public FollowedControl(KafkaConfig kafka, ControlSnapshot initial, ViewFactory<V> views) {
    this.kafka = kafka;
    this.initial = initial;
    this.views = views;
  }

  /**
   * A view that is made of what control says and needs nothing else.
   *
   * @param initial as the launcher read it
   */
  public static <V> FollowedControl<V> of(
      KafkaConfig kafka, ControlSnapshot initial, SerializableFunction<Overrides, V> view) {
    return new FollowedControl<>(
        kafka, initial, changed -> control -> view.apply(Overrides.of(control.changes().values())));
  }

  /**
   * Waits until the view has all that control says now, which after a failure is more than the
   * launcher knew; but for 10 s at most: a store or a broker that hangs stops no task.
   *
   * @throws CancellationException if the task is interrupted
   */
  @Override
  public void open() {
    synchronized (SHARED) {
      shared = sharedById();
      shared.users++;
    }
    try {
      shared.awaitComplete();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CancellationException("interrupted while control is read");
    }
  }

  @SuppressWarnings("unchecked") // the id is this object's and its copies'
  private SharedView<V> sharedById() {
    return (SharedView<V>)
        SHARED.computeIfAbsent(id, key -> new SharedView<>(views, kafka, initial));
  }

  /**
   * @throws IllegalStateException if control cannot be followed any more, so that the task fails
   */
  @Override
  public V current() {
    return shared.current();
  }

  @Override
  public void close() throws InterruptedException {
    SharedView<V> mine = shared;
    if (mine == null) {
      return;
    }
    shared = null;
    boolean isLast;
    synchronized (SHARED) {
      mine.users--;
      isLast = mine.users == 0;
      if (isLast) {
        SHARED.remove(id);
      }
    }
    if (isLast) {
      mine.close();
    }
  }
}
