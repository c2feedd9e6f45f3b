package io.plumbline.events;

/**
 * Names of ours that stand among names from data. What data calls so is written in quotation marks,
 * and what data has in quotation marks too; so the two never read alike.
 */
public final class ReservedNames {
  /** All that has no name of its own. */
  public static final String OTHER = "__other__";

  private static final String PREFIX = "__";
  private static final String QUOTE = "\"";

  private ReservedNames() {}

  /** A name from data as results have it: quoted where it begins as ours, or with a quote. */
  public static String quoted(String data) {
    return data.startsWith(PREFIX) || data.startsWith(QUOTE) ? inQuotes(data) : data;
  }

  /** A name from data in quotation marks, whatever it is: for where words of ours stand too. */
  public static String inQuotes(String data) {
    return QUOTE + data.replace("\\", "\\\\").replace(QUOTE, "\\\"") + QUOTE;
  }

  /** The name in the data, of what {@link #quoted} has made of it. */
  public static String unquoted(String text) {
    if (!text.startsWith(QUOTE)) {
      return text;
    }
    StringBuilder data = new StringBuilder(text.length());
    for (int i = 1; i < text.length() - 1; i++) {
      if (text.charAt(i) == '\\' && i < text.length() - 2) {
        i++;
      }
      data.append(text.charAt(i));
    }
    return data.toString();
  }
}
