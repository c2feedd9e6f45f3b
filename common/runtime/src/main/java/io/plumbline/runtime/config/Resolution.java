package io.plumbline.runtime.config;

import io.plumbline.runtime.config.binding.Limits.Required;
import java.io.Serializable;

/**
 * A person's word that the incident whose id is the document's name is over.
 *
 * @param resolution what it was and what was done
 */
public record Resolution(@Required String resolution) implements Serializable {}
