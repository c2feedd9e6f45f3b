package io.plumbline.cli.features;

import com.fasterxml.jackson.annotation.JsonValue;

/** What a person wants to know first, gravest first. */
enum Health {
  UNHEALTHY("UNHEALTHY"),
  NO_DATA("no data"),
  HEALTHY("healthy");

  private final String text;

  Health(String text) {
    this.text = text;
  }

  @JsonValue
  String text() {
    return text;
  }
}
