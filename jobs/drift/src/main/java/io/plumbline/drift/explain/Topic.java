package io.plumbline.drift.explain;

/** What a sentence of an {@link Explanation} is about, in the order in which they are told. */
public enum Topic {
  /** Which bins, categories, quantiles moved, and where to. */
  MOVED("what moved"),
  /** How large that is, and what of the PSI comes from where. */
  MATTERS("how much"),
  /** Whether noise alone could do it, and whether the figures are exact. */
  SURE("how sure"),
  /** Missing cells and columns. */
  MISSING("missing"),
  /** Which segments carry the change. */
  SEGMENTS("segments");

  private final String title;

  Topic(String title) {
    this.title = title;
  }

  /** A few words to stand before the sentences. */
  public String title() {
    return title;
  }
}
