package io.plumbline.onlinemetrics.join;

import io.plumbline.events.Prediction.Role;
import io.plumbline.onlinemetrics.model.ClassRule;
import io.plumbline.runtime.config.ModelConfig.Task;
import java.util.List;

/**
 * A version of a model as config and control had it when it served: what many predictions have in
 * common.
 *
 * @param role of its predictions: their own, else that of the version
 * @param task null: of a model that is not known, which has no metrics that need labels
 * @param horizon how long after a prediction its label counts, in milliseconds
 * @param classes of a binary model; else null
 * @param windows lengths of those that its predictions count in, in milliseconds: a label counts
 *     where its prediction did, whatever the config says when it comes
 */
public record ServedVersion(
    String model,
    String version,
    Role role,
    Task task,
    long horizon,
    ClassRule classes,
    List<Long> windows) {}
