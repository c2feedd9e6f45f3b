package org.apache.flink.metrics.prometheus;

import io.prometheus.client.exporter.HTTPServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.Iterator;
import org.apache.flink.util.NetUtils;

/**
 * Flink's Prometheus reporter, listening on one address: Flink's own listens on all of them. It is
 * in Flink's package because the registry that it serves is visible there only.
 */
public final class LoopbackPrometheusReporter extends AbstractPrometheusReporter {
  private final HTTPServer server;

  /**
   * @param ports as Flink writes a range, {@code 9249-9260}; the first free one is taken
   */
  LoopbackPrometheusReporter(String host, String ports) {
    server = listen(host, ports);
  }

  private HTTPServer listen(String host, String ports) {
    IOException last = null;
    for (Iterator<Integer> range = NetUtils.getPortRangeFromString(ports); range.hasNext(); ) {
      int port = range.next();
      try {
        HTTPServer listening = new HTTPServer(new InetSocketAddress(host, port), registry, true);
        log.info("Metrics at http://{}:{}/metrics", host, port);
        return listening;
      } catch (IOException e) {
        last = e;
      }
    }
    throw new IllegalStateException("no free port for metrics among " + ports, last);
  }

  @Override
  public void close() {
    server.stop();
    super.close();
  }
}
