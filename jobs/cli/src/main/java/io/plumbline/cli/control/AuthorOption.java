package io.plumbline.cli.control;

import io.plumbline.runtime.control.ControlDocument;
import io.plumbline.runtime.control.ControlPlan;
import io.plumbline.runtime.control.ControlSnapshot;
import io.plumbline.runtime.input.BadInput;
import java.time.Instant;
import picocli.CommandLine.Option;

/** Who makes a change. */
final class AuthorOption {
  @Option(
      names = "--author",
      paramLabel = "NAME",
      defaultValue = "${env:USER:-unknown}",
      description = "Who makes the change ($USER).")
  private String author;

  /**
   * @throws BadInput if the author cannot stand in a message
   */
  void check() {
    ControlDocument.problem(author)
        .ifPresent(
            wrong -> {
              throw new BadInput("--author: " + wrong);
            });
  }

  /** Changes of the author's, made now. */
  ControlPlan plan(ControlSnapshot holds) {
    return new ControlPlan(holds, author, Instant.now());
  }
}
