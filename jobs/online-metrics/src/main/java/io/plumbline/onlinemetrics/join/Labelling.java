package io.plumbline.onlinemetrics.join;

/**
 * What the labels that are known say of a prediction. Equal ones say the same.
 *
 * @param truth by the label that counts; null: there is none
 * @param corrections labels that count, beyond the first
 * @param expired labels that came too late to count
 */
public record Labelling(Truth truth, int corrections, int expired) {
  /** Of a prediction without a label. */
  public static final Labelling NONE = new Labelling(null, 0, 0);
}
