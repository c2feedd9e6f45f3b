package io.plumbline.cli;

import java.io.PrintWriter;
import java.util.function.Consumer;
import picocli.CommandLine.Model.CommandSpec;

/** Lines about a run beside its results: on stderr, whatever the format of what is printed. */
final class Notes implements Consumer<String> {
  private final PrintWriter err;

  Notes(CommandSpec command) {
    err = command.commandLine().getErr();
  }

  @Override
  public void accept(String note) {
    err.println("plumbline: " + TerminalText.plain(note));
    err.flush();
  }
}
