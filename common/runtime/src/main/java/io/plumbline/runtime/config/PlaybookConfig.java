package io.plumbline.runtime.config;

import io.plumbline.runtime.config.binding.Limits.Between;
import io.plumbline.runtime.config.binding.Limits.Default;
import io.plumbline.runtime.config.binding.Limits.Positive;
import io.plumbline.runtime.config.binding.Limits.Required;
import java.io.Serializable;
import java.time.Duration;
import java.util.List;

/** One entry of {@code playbooks}: what to do about a kind of incident. */
public record PlaybookConfig(@Required String kind, List<String> steps, List<Action> actions)
    implements Serializable {

  /** What can be done without a person. Off, and dry, until somebody says otherwise. */
  public record Action(
      @Required String name,
      @Required ReceiverConfig.Webhook webhook,
      boolean enabled,
      @Default("true") boolean dryRun,
      @Default("1h") @Positive Duration cooldown,
      @Default("2") @Between(least = 1) int perHour)
      implements Serializable {}
}
