package io.plumbline.benchmarks;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;

/** CPU time of this process: all threads, with compilation and garbage collection. */
public final class CpuTime {
  private static final OperatingSystemMXBean SYSTEM =
      (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();

  private CpuTime() {}

  /** In nanoseconds, from some moment in the past. */
  public static long nanos() {
    return SYSTEM.getProcessCpuTime();
  }
}
