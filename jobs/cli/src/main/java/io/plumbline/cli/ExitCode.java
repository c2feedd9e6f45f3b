package io.plumbline.cli;

/** What the command says to the script that called it. */
final class ExitCode {
  static final int RAN = 0;
  static final int FAILED = 1;
  static final int BAD_INPUT = 2;
  static final int FAIL_ON = 3;

  private ExitCode() {}
}
