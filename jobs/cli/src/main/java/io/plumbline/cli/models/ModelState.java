package io.plumbline.cli.models;

import com.fasterxml.jackson.annotation.JsonValue;

/** What a person wants to know first, gravest first. */
enum ModelState {
  SILENT("SILENT"),
  NO_DATA("no data"),
  NOT_SEEN("not seen"),
  OK("ok"),
  RETIRED("retired");

  private final String text;

  ModelState(String text) {
    this.text = text;
  }

  @JsonValue
  String text() {
    return text;
  }
}
