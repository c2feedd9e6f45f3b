package io.plumbline.runtime.config;

import io.plumbline.runtime.config.binding.Limits.KeyName;
import io.plumbline.runtime.config.binding.Limits.Positive;
import java.io.Serializable;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * The tree below the key of that name: an incident goes to the deepest route that it matches. What
 * a route leaves out is as in the one above it.
 *
 * @param match what the incident must say
 * @param groupWait how long a new incident waits for others of its group; one of P0 never waits
 * @param active intervals in which it sends; empty: always
 * @param goesOn whether the routes after it may match as well
 */
public record RouteConfig(
    String receiver,
    Map<String, String> match,
    List<String> groupBy,
    Duration groupWait,
    @Positive Duration groupInterval,
    @Positive Duration repeatInterval,
    List<String> active,
    @KeyName("continue") boolean goesOn,
    List<RouteConfig> routes)
    implements Serializable {

  /** The same, with what is standard where the root of the tree says nothing. */
  RouteConfig asRoot() {
    return new RouteConfig(
        receiver,
        match,
        groupBy,
        groupWait == null ? Duration.ofSeconds(30) : groupWait,
        groupInterval == null ? Duration.ofMinutes(5) : groupInterval,
        repeatInterval == null ? Duration.ofHours(4) : repeatInterval,
        active,
        goesOn,
        routes);
  }
}
