package io.plumbline.cli;

import java.io.FilterWriter;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;

/**
 * Takes text for a terminal, in which names, paths and values of others may stand: what could move
 * the cursor or turn the line is shown, not done. Lines and tabs stay.
 */
public final class TerminalWriter extends FilterWriter {
  private TerminalWriter(Writer out) {
    super(out);
  }

  /** Prints text to where {@code out} prints; not for JSON, which is exact. */
  public static PrintWriter over(PrintWriter out) {
    return new PrintWriter(new TerminalWriter(out), true);
  }

  @Override
  public void write(int character) throws IOException {
    char c = (char) character;
    boolean stays = c == '\n' || c == '\t' || Character.isSurrogate(c);
    super.write(stays || !TerminalText.unshown(c) ? c : TerminalText.REPLACEMENT);
  }

  @Override
  public void write(char[] text, int offset, int length) throws IOException {
    for (int i = offset; i < offset + length; i++) {
      write(text[i]);
    }
  }

  @Override
  public void write(String text, int offset, int length) throws IOException {
    for (int i = offset; i < offset + length; i++) {
      write(text.charAt(i));
    }
  }
}
