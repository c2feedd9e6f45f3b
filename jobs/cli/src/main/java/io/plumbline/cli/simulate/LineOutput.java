package io.plumbline.cli.simulate;

import io.plumbline.events.Topic;
import java.io.BufferedOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.function.Function;

/** A line for each record: the topic, a tab, the JSON. */
final class LineOutput implements Output {
  private static final int BUFFER = 1 << 16;

  private final PrintStream out;
  private final PrintStream lines;
  private final Function<Topic, String> names;

  LineOutput(PrintStream out, Function<Topic, String> names) {
    this.out = out;
    lines = new PrintStream(new BufferedOutputStream(out, BUFFER), false, StandardCharsets.UTF_8);
    this.names = names;
  }

  @Override
  public void send(Topic topic, byte[] key, byte[] value, long millis) {
    lines.print(names.apply(topic));
    lines.write('\t');
    lines.write(value, 0, value.length);
    lines.write('\n');
  }

  @Override
  public boolean flush() {
    lines.flush();
    return !out.checkError();
  }

  @Override
  public void close() {
    lines.flush();
  }
}
