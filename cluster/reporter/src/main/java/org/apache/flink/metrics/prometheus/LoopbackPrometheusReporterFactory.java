package org.apache.flink.metrics.prometheus;

import java.util.Properties;
import org.apache.flink.metrics.reporter.MetricReporter;
import org.apache.flink.metrics.reporter.MetricReporterFactory;

/** Options of the reporter: {@code host} (127.0.0.1) and {@code port}, a range (9249-9260). */
public final class LoopbackPrometheusReporterFactory implements MetricReporterFactory {
  @Override
  public MetricReporter createMetricReporter(Properties options) {
    return new LoopbackPrometheusReporter(
        options.getProperty("host", "127.0.0.1"), options.getProperty("port", "9249-9260"));
  }
}
