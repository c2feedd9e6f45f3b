package io.plumbline.onlinemetrics.silence;

import io.plumbline.events.Answer;
import io.plumbline.onlinemetrics.join.FreshPrediction;
import io.plumbline.onlinemetrics.model.KnownModel;
import io.plumbline.onlinemetrics.model.ModelsView;
import io.plumbline.runtime.aggregate.PartialAggregate;
import io.plumbline.runtime.config.ModelConfig;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;

/**
 * The newest time of each version of a known model that a task has seen since it last emitted them.
 * It holds no more than config and control name.
 */
final class NewestPredictions implements PartialAggregate<FreshPrediction, NewestPrediction> {
  /** Of a version in the maps. */
  private static final int BYTES_OF_VERSION = 200;

  private final ModelsView view;
  private transient Map<String, Map<String, Newest>> models;
  private transient long bytes;

  NewestPredictions(ModelsView view) {
    this.view = view;
  }

  /** The newest time of a version. */
  private static final class Newest {
    private long time = Long.MIN_VALUE;
  }

  @Override
  public void open(long mostBytes) {
    view.open();
    models = new HashMap<>();
  }

  @Override
  public void close() throws InterruptedException {
    view.close();
  }

  @Override
  public void beforeCheckpoint() {
    view.current();
  }

  @Override
  public void add(FreshPrediction event, long timestamp) {
    Answer answer = event.answer();
    KnownModel model = view.current().model(answer.model());
    if (model == null) {
      return;
    }
    ModelConfig.Version version = version(model, answer.modelVersion());
    if (version == null) {
      seen(model.name(), "", answer.ts());
    } else if (version.role() != ModelConfig.Role.RETIRED) {
      seen(model.name(), version.version(), answer.ts());
    }
  }

  private static ModelConfig.Version version(KnownModel model, String name) {
    for (ModelConfig.Version version : model.versions()) {
      if (version.version().equals(name)) {
        return version;
      }
    }
    return null;
  }

  private void seen(String model, String version, long time) {
    Map<String, Newest> versions = models.get(model);
    if (versions == null) {
      versions = new HashMap<>();
      models.put(model, versions);
    }
    Newest newest = versions.get(version);
    if (newest == null) {
      newest = new Newest();
      versions.put(version, newest);
      bytes += BYTES_OF_VERSION;
    }
    newest.time = Math.max(newest.time, time);
  }

  @Override
  public long bytes() {
    return bytes;
  }

  @Override
  public long firstPaneEnd() {
    return models.isEmpty() ? NOTHING : NO_PANE;
  }

  @Override
  public void flush(long end, Consumer<NewestPrediction> out) {
    models.forEach(
        (model, versions) ->
            versions.forEach(
                (version, newest) ->
                    out.accept(new NewestPrediction(model, version, newest.time))));
    models.clear();
    bytes = 0;
  }
}
