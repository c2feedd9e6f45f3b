package io.plumbline.runtime.config;

import io.plumbline.runtime.config.binding.Limits.Required;
import java.io.Serializable;

/**
 * What the current data of a model's version is compared with, as the control topic says it; its
 * name there is {@code MODEL/VERSION}.
 *
 * @param reference URI of the Parquet
 * @param stable whether a rollback may go to this version; null: as the model says
 */
public record Reference(
    @Required String model, @Required String version, @Required String reference, Boolean stable)
    implements Serializable {

  /** Null if it is not whole. */
  public String name() {
    return model == null || version == null ? null : model + "/" + version;
  }
}
