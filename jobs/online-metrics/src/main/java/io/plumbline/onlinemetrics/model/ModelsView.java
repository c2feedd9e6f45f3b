package io.plumbline.onlinemetrics.model;

import io.plumbline.runtime.control.ControlView;

/** What a task sees of the models. */
public interface ModelsView extends ControlView<KnownModels> {}
