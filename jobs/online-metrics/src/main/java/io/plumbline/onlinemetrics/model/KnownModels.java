package io.plumbline.onlinemetrics.model;

import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The models that config and control have at one time. Immutable. */
public final class KnownModels {
  /** How long labels of a model that is not known are waited for, in milliseconds. */
  public static final long DEFAULT_HORIZON = Duration.ofDays(30).toMillis();

  private final Map<String, KnownModel> models = new LinkedHashMap<>();
  private final long longestHorizon;

  KnownModels(List<KnownModel> models) {
    models.forEach(model -> this.models.put(model.name(), model));
    longestHorizon = models.stream().mapToLong(KnownModel::horizon).max().orElse(DEFAULT_HORIZON);
  }

  /** A model by its name; null: neither config nor control have it. */
  public KnownModel model(String name) {
    return models.get(name);
  }

  /** All of them. */
  public Collection<KnownModel> all() {
    return models.values();
  }

  /** The longest horizon of all models, in milliseconds: so long a label waits. */
  public long longestHorizon() {
    return longestHorizon;
  }
}
