package io.plumbline.runtime.config;

import io.plumbline.runtime.config.binding.Limits.Default;
import io.plumbline.runtime.config.binding.Limits.Required;
import java.io.Serializable;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.List;

/**
 * One entry of {@code time_intervals}: hours of some days of the week, from {@code from} until
 * before {@code to}; {@code 24:00} is the end of the day, {@link LocalTime#MAX}.
 */
public record TimeInterval(
    @Required String name,
    @Default("[mon, tue, wed, thu, fri, sat, sun]") List<Day> days,
    @Default("00:00") LocalTime from,
    @Default("24:00") LocalTime to,
    @Default("UTC") ZoneId zone)
    implements Serializable {

  /** A day of the week. */
  public enum Day {
    MON,
    TUE,
    WED,
    THU,
    FRI,
    SAT,
    SUN
  }
}
