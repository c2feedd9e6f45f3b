package io.plumbline.featurehealth.registry;

import io.plumbline.runtime.control.ControlView;

/** What a task sees of the registry. */
public interface RegistryView extends ControlView<Registry> {}
