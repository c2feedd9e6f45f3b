package io.plumbline.cli;

import io.plumbline.drift.plan.DriftPlan;
import io.plumbline.drift.verdict.DatasetVerdict;
import io.plumbline.events.DriftResult;
import java.util.List;

/**
 * What a run says.
 *
 * @param results gravest first
 * @param seconds from the start of the command
 * @param rowsPerSecond of both sides together
 */
public record DriftReport(
    DriftPlan plan,
    List<DriftResult> results,
    List<DriftPlan.LeftOut> leftOut,
    DatasetVerdict verdict,
    double seconds,
    double rowsPerSecond) {}
