package io.plumbline.cli;

import io.plumbline.cluster.ClusterException;
import io.plumbline.runtime.control.ControlUnavailable;
import io.plumbline.runtime.input.BadInput;
import java.io.PrintWriter;

/** What ended a command, told on stderr: what the user can mend in lines of ours alone. */
final class Failures {
  private Failures() {}

  /**
   * Tells what happened and, where it is no user's to mend, how to see where.
   *
   * @param failure of the command
   * @param log what is logged on stderr; null: nothing
   * @return the exit code
   */
  static int tell(Throwable failure, String log, PrintWriter err) {
    if (failure instanceof BadInput badInput) {
      String before = "plumbline: ";
      for (String line : badInput.lines()) {
        err.println(before + TerminalText.plain(line));
        before = "";
      }
      return ExitCode.BAD_INPUT;
    }
    if (failure instanceof ClusterException || failure instanceof ControlUnavailable) {
      err.println("plumbline: " + failure.getMessage());
      return ExitCode.FAILED;
    }
    Throwable root = rootOf(failure);
    err.println("plumbline: failed: " + TerminalText.plain(root.toString()));
    if (root.toString().contains(OutOfMemoryError.class.getName())) {
      err.println("More memory: PLUMBLINE_JAVA_OPTS=-Xmx4g");
    }
    if (log == null) {
      err.println(
          "The whole of it, with the stack trace and the log: PLUMBLINE_JAVA_OPTS=-Dplumbline.log=error");
    } else {
      failure.printStackTrace(err);
    }
    return ExitCode.FAILED;
  }

  /** What began it: the outer causes only say that a job failed. */
  private static Throwable rootOf(Throwable failure) {
    Throwable root = failure;
    while (root.getCause() != null
        && !String.valueOf(root.getMessage()).contains("cannot be written")) {
      root = root.getCause();
    }
    return root;
  }
}
