package io.plumbline.drift.explain;

/**
 * What one bin of the PSI adds to it; where the result does not list all categories that are bins,
 * what all of those together add.
 *
 * @param label as {@link Part#label()}, category names in quotation marks
 * @param bins how many bins of the PSI it is; 0: several, the result does not tell how many
 * @param value not negative, but for rounding
 */
public record PsiTerm(String label, int bins, double value) {}
