package io.plumbline.cli;

import io.plumbline.drift.explain.Explanation;
import io.plumbline.drift.explain.Topic;
import java.io.PrintWriter;

/** An explanation for people: the sentences of each topic under each other, eighty columns wide. */
final class ExplanationText {
  private static final int WIDTH = 80;

  /** The longest title with what is around it. */
  private static final int BEFORE_WORDS = 14;

  private static final int LONGEST_NAME = 56;

  private ExplanationText() {}

  static void printHeading(Explanation explanation, PrintWriter out) {
    out.printf(
        "%s (%s): %s%n",
        TerminalText.shortened(TerminalText.plain(explanation.feature()), LONGEST_NAME),
        explanation.type(),
        explanation.severity());
  }

  static void printWords(Explanation explanation, PrintWriter out) {
    for (Topic topic : explanation.words().keySet()) {
      String before = "  " + topic.title();
      for (String sentence : explanation.sentences(topic)) {
        for (String line :
            TerminalText.wrapped(TerminalText.plain(sentence), WIDTH - BEFORE_WORDS)) {
          out.println(TerminalText.padded(before, BEFORE_WORDS) + line);
          before = "";
        }
      }
    }
  }
}
