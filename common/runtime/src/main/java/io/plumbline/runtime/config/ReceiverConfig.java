package io.plumbline.runtime.config;

import io.plumbline.runtime.config.binding.Limits.Required;
import io.plumbline.runtime.config.binding.Limits.Secret;
import java.io.Serializable;
import java.util.List;

/** One entry of {@code receivers}: a channel, which is exactly one of its components. */
public record ReceiverConfig(
    @Required String name,
    Pagerduty pagerduty,
    Slack slack,
    Email email,
    Webhook webhook,
    Alertmanager alertmanager,
    Log log)
    implements Serializable {

  /** An integration of PagerDuty's events interface. */
  public record Pagerduty(@Required @Secret String routingKey) implements Serializable {}

  /** An incoming webhook of Slack, whose address is its secret. */
  public record Slack(@Required @Secret String url) implements Serializable {}

  /** Mail over SMTP. */
  public record Email(
      @Required List<String> to,
      @Required String smtp,
      @Required String from,
      String user,
      @Secret String password)
      implements Serializable {}

  /**
   * An HTTP request.
   *
   * @param secret signs the body
   * @param allowPrivate whether the host may have a loopback or link-local address
   */
  public record Webhook(@Required String url, @Secret String secret, boolean allowPrivate)
      implements Serializable {}

  /** An Alertmanager, which routes what it gets by itself. */
  public record Alertmanager(@Required String url) implements Serializable {}

  /** The job's own log. */
  public record Log() implements Serializable {}
}
