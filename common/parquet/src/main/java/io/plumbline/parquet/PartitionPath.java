package io.plumbline.parquet;

import java.nio.charset.StandardCharsets;
import java.time.LocalDate;

/** The folder of a partition below its table: {@code dt=2026-11-24/job=drift_nightly}. */
public final class PartitionPath {
  private static final String KEPT = "-_.~";

  private PartitionPath() {}

  /**
   * @param date the UTC date of {@code computed_at}
   * @param job percent-encoded here, as Hive does; not empty
   */
  public static String of(LocalDate date, String job) {
    if (job.isEmpty()) {
      throw new IllegalArgumentException("a partition value is never empty");
    }
    return "dt=" + date + "/job=" + encoded(job);
  }

  /** Percent-encoded, but for letters and digits of ASCII and {@code -_.~}. */
  public static String encoded(String value) {
    StringBuilder encoded = new StringBuilder();
    for (byte b : value.getBytes(StandardCharsets.UTF_8)) {
      char c = (char) (b & 0xFF);
      boolean plain = c < 128 && (Character.isLetterOrDigit(c) || KEPT.indexOf(c) >= 0);
      if (plain) {
        encoded.append(c);
      } else {
        encoded.append("%%%02X".formatted(b & 0xFF));
      }
    }
    return encoded.toString();
  }
}
