package io.plumbline.cli.features;

import com.fasterxml.jackson.annotation.JsonValue;

/** What a person wants to know first, gravest first. */
enum Health {
  UNHEALTHY("UNHEALTHY"),
  NO_DATA("no data"),
  NOT_CHECKED("not checked"),
  HEALTHY("healthy");

  private final String text;

  Health(String text) {
    this.text = text;
  }

  /** Whether somebody has to look at it. */
  boolean isOfConcern() {
    return this == UNHEALTHY || this == NO_DATA;
  }

  @JsonValue
  String text() {
    return text;
  }
}
