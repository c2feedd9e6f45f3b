package io.plumbline.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.runtime.input.BadInput;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What stderr says of what ended a command. */
class FailuresTest {
  private static final String UNSAFE = "a\u001B[31mb\u202Ec\nplumbline: all is well\u0085";
  private static final String SAFE = "a\uFFFD[31mb\uFFFDc\uFFFDplumbline: all is well\uFFFD";

  private final StringWriter told = new StringWriter();
  private int exit;

  private List<String> told(Throwable failure, String log) {
    exit = Failures.tell(failure, log, TerminalWriter.over(new PrintWriter(told)));
    return told.toString().lines().toList();
  }

  @Test
  void whatTheUserGaveIsOneLineWhateverStandsInIt() {
    assertThat(told(new BadInput(UNSAFE), null)).containsExactly("plumbline: " + SAFE);
    assertThat(exit).isEqualTo(ExitCode.BAD_INPUT);
  }

  @Test
  void severalProblemsAreALineEach() {
    assertThat(told(BadInput.ofAll(List.of("c.yaml:1: x", UNSAFE)), null))
        .containsExactly("plumbline: c.yaml:1: x", SAFE);
    assertThat(exit).isEqualTo(ExitCode.BAD_INPUT);
  }

  @Test
  void aFaultOfOursIsOneAndSaysHowToSeeWhere() {
    Exception fault = new IllegalStateException("a job failed", new NullPointerException(UNSAFE));
    assertThat(told(fault, null))
        .containsExactly(
            "plumbline: failed: java.lang.NullPointerException: " + SAFE,
            "The whole of it, with the stack trace and the log: PLUMBLINE_JAVA_OPTS=-Dplumbline.log=error");
    assertThat(exit).isEqualTo(ExitCode.FAILED);
  }

  @Test
  void whoAsksForTheLogSeesTheStackTrace() {
    List<String> lines = told(new IllegalStateException(UNSAFE), "error");
    assertThat(lines.get(0))
        .isEqualTo("plumbline: failed: java.lang.IllegalStateException: " + SAFE);
    assertThat(lines).anyMatch(line -> line.startsWith("\tat io.plumbline.cli.FailuresTest"));
    assertThat(told.toString()).doesNotContain("\u001B", "\u202E", "\u0085");
    assertThat(exit).isEqualTo(ExitCode.FAILED);
  }

  @Test
  void withoutMemoryItSaysHowToGetMore() {
    assertThat(told(new RuntimeException(new OutOfMemoryError("Java heap space")), null))
        .contains("More memory: PLUMBLINE_JAVA_OPTS=-Xmx4g");
    assertThat(exit).isEqualTo(ExitCode.FAILED);
  }
}
