package io.plumbline.onlinemetrics.join;

import io.plumbline.events.Prediction.Role;
import io.plumbline.onlinemetrics.model.ClassRule;
import io.plumbline.runtime.config.ModelConfig.Task;
import java.util.List;

/**
 * What many predictions have in common: all that says where they are counted, and how, as config
 * and control had it when they came.
 *
 * @param role its own, else its version's
 * @param task null: of a model that is not known, which has no metrics that need labels
 * @param horizon how long after a prediction its label counts, in milliseconds
 * @param classes of a binary model; else null
 * @param segments texts of the segments that they are in ({@code country=DE}), beside that of all
 */
public record Stratum(
    String model,
    String version,
    Role role,
    Task task,
    long horizon,
    ClassRule classes,
    List<String> segments) {}
