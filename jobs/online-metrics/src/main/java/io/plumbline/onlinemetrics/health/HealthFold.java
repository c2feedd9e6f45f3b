package io.plumbline.onlinemetrics.health;

import io.plumbline.events.Answer;
import io.plumbline.events.ReservedNames;
import io.plumbline.onlinemetrics.health.CountedVersion.Name;
import io.plumbline.onlinemetrics.join.FreshPrediction;
import io.plumbline.onlinemetrics.model.KnownModel;
import io.plumbline.onlinemetrics.model.KnownModels;
import io.plumbline.onlinemetrics.model.ModelsView;
import io.plumbline.runtime.aggregate.NameBudget;
import io.plumbline.runtime.aggregate.PartialAggregate;
import io.plumbline.runtime.config.ModelConfig;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * Counts predictions by model, version, role, segment and window. Models and versions that only
 * predictions name have a place as long as there are some left, and are counted together then.
 */
final class HealthFold implements PartialAggregate<FreshPrediction, HealthPart> {
  /** Of a version, beside the letters of its names. */
  private static final int BYTES_OF_VERSION = 400;

  private static final int BYTES_OF_PANE = 200;

  private final ModelsView view;
  private final long seriesLimit;

  private transient long mostBytes;
  private transient KnownModels models;
  private transient NameBudget budget;
  private transient Map<Name, CountedVersion> versions;

  /** By their ends, in epoch milliseconds. */
  private transient TreeMap<Long, Map<CountedVersion, SegmentHealths>> panes;

  /** Of what the panes hold. */
  private transient long bytes;

  /**
   * @param seriesLimit of series, of models and versions that config and control do not have, that
   *     a task tells apart
   */
  HealthFold(ModelsView view, long seriesLimit) {
    this.view = view;
    this.seriesLimit = seriesLimit;
  }

  @Override
  public void open(long most) {
    view.open();
    mostBytes = most;
    panes = new TreeMap<>();
    refresh();
  }

  @Override
  public void close() throws InterruptedException {
    view.close();
  }

  @Override
  public void beforeCheckpoint() {
    refresh();
  }

  private void refresh() {
    KnownModels now = view.current();
    if (now != models) {
      models = now;
      // Whoever was named before is named anew, and counted anew.
      budget = new NameBudget(seriesLimit, mostBytes / 2);
      versions = new HashMap<>();
    }
  }

  @Override
  public void add(FreshPrediction event, long timestamp) {
    refresh();
    Answer answer = event.answer();
    CountedVersion of = counted(new Name(answer.model(), answer.modelVersion(), answer.role()));
    if (of.isCounted()) {
      bytes += pane(of, of.paneEnd(answer.ts())).add(event, of.value(answer));
    }
  }

  private SegmentHealths pane(CountedVersion of, long end) {
    SegmentHealths open = of.open(end);
    if (open == null) {
      Map<CountedVersion, SegmentHealths> pane =
          panes.computeIfAbsent(end, at -> new LinkedHashMap<>());
      open = pane.get(of);
      if (open == null) {
        open = new SegmentHealths();
        pane.put(of, open);
        bytes += BYTES_OF_PANE + open.bytes();
      }
      of.keepOpen(end, open);
    }
    return open;
  }

  private CountedVersion counted(Name name) {
    CountedVersion known = versions.get(name);
    return known == null ? begin(name) : known;
  }

  private CountedVersion begin(Name name) {
    boolean isOther = name.model().equals(ReservedNames.OTHER);
    if (isOther && !name.version().isEmpty()) {
      return counted(others(name));
    }
    KnownModel model = models.model(name.model());
    if (!isOther && !isNamed(name.version(), model) && !grants(name, model)) {
      return counted(
          model == null ? others(name) : new Name(name.model(), ReservedNames.OTHER, name.role()));
    }
    CountedVersion begun = new CountedVersion(name, model);
    versions.put(name, begun);
    return begun;
  }

  private static Name others(Name name) {
    return new Name(ReservedNames.OTHER, "", name.role());
  }

  private static boolean isNamed(String version, KnownModel model) {
    if (model == null) {
      return false;
    }
    for (ModelConfig.Version known : model.versions()) {
      if (known.version().equals(version)) {
        return true;
      }
    }
    return version.equals(ReservedNames.OTHER);
  }

  private boolean grants(Name name, KnownModel model) {
    return budget.grants(
        CountedVersion.series(name.version(), model),
        BYTES_OF_VERSION + 2L * (name.model().length() + name.version().length()));
  }

  @Override
  public long bytes() {
    return bytes + budget.bytes();
  }

  @Override
  public long firstPaneEnd() {
    return panes.isEmpty() ? NOTHING : panes.firstKey();
  }

  @Override
  public void flush(long end, Consumer<HealthPart> out) {
    while (!panes.isEmpty() && panes.firstKey() <= end) {
      Map.Entry<Long, Map<CountedVersion, SegmentHealths>> pane = panes.pollFirstEntry();
      pane.getValue().forEach((version, counted) -> version.flush(pane.getKey(), counted, out));
    }
    if (panes.isEmpty()) {
      bytes = 0;
    }
  }
}
