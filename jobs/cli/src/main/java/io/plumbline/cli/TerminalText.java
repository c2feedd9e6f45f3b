package io.plumbline.cli;

import java.lang.Character.UnicodeScript;
import java.util.ArrayList;
import java.util.List;

/** Text as a terminal shows it. */
public final class TerminalText {
  /** Stands for what is not shown. */
  static final char REPLACEMENT = '\uFFFD';

  private static final char NO_BREAK_SPACE = '\u00A0';

  private TerminalText() {}

  /** Names come from data: what could move the cursor or turn the line is shown, not done. */
  public static String plain(String text) {
    StringBuilder plain = new StringBuilder(text.length());
    text.codePoints().map(c -> unshown(c) ? REPLACEMENT : c).forEach(plain::appendCodePoint);
    return plain.toString();
  }

  /** A name as {@link #plain} shows it; in quotes if nobody would see it. */
  public static String name(String name) {
    return name.isBlank() ? "\"" + plain(name) + "\"" : plain(name);
  }

  /** Whether a character has an effect rather than a shape: control, direction, end of line. */
  static boolean unshown(int codePoint) {
    return switch (Character.getType(codePoint)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.SURROGATE,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          true;
      default -> false;
    };
  }

  /** How many columns the text takes: none for marks over a letter, two for East Asian ones. */
  public static int columns(String text) {
    return text.codePoints().map(TerminalText::columns).sum();
  }

  private static int columns(int codePoint) {
    int type = Character.getType(codePoint);
    if (type == Character.NON_SPACING_MARK || type == Character.ENCLOSING_MARK) {
      return 0;
    }
    boolean fullWidth = codePoint >= 0xFF01 && codePoint <= 0xFF60;
    boolean emoji = codePoint >= 0x1F300 && codePoint <= 0x1FAFF;
    return switch (UnicodeScript.of(codePoint)) {
      case HAN, HANGUL, HIRAGANA, KATAKANA -> 2;
      default -> fullWidth || emoji ? 2 : 1;
    };
  }

  /** Cut to at most so many columns, with a sign where something is left out. */
  public static String shortened(String text, int most) {
    if (columns(text) <= most) {
      return text;
    }
    StringBuilder start = new StringBuilder();
    int used = 1;
    for (int codePoint : text.codePoints().toArray()) {
      used += columns(codePoint);
      if (used > most) {
        break;
      }
      start.appendCodePoint(codePoint);
    }
    return start.append('…').toString();
  }

  /** Filled with spaces at the right. */
  public static String padded(String text, int width) {
    return text + " ".repeat(Math.max(0, width - columns(text)));
  }

  /** Broken at spaces into lines of at most so many columns; a longer word is a line of its own. */
  static List<String> wrapped(String text, int width) {
    List<String> lines = new ArrayList<>();
    StringBuilder line = new StringBuilder();
    int used = 0;
    for (String word : text.replace(" %", NO_BREAK_SPACE + "%").split(" ", -1)) {
      int columns = columns(word);
      if (used > 0 && used + 1 + columns > width) {
        lines.add(line.toString());
        line.setLength(0);
        used = 0;
      }
      if (used > 0) {
        line.append(' ');
        used++;
      }
      line.append(word);
      used += columns;
    }
    lines.add(line.toString());
    lines.replaceAll(full -> full.replace(NO_BREAK_SPACE, ' '));
    return lines;
  }
}
