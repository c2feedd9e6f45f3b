package io.plumbline.cli.cluster;

import io.plumbline.runtime.config.binding.ConfigDuration;
import java.time.Duration;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Durations on the command line, as the config writes them. */
public final class DurationConverter implements ITypeConverter<Duration> {
  @Override
  public Duration convert(String value) {
    return ConfigDuration.parse(value)
        .orElseThrow(
            () ->
                new TypeConversionException(
                    "expected a duration like 500ms, 10s or 5m, found '%s'".formatted(value)));
  }
}
