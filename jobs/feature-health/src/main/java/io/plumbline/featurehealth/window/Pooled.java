package io.plumbline.featurehealth.window;

import io.plumbline.runtime.expectation.CountsByBounds;

/**
 * By what a feature is judged in a window.
 *
 * @param counts of the window, or of it and those before it that were too small
 * @param from the start of the first of these windows, in epoch milliseconds
 * @param enough whether that is enough rows
 */
public record Pooled(CountsByBounds counts, long from, boolean enough) {}
