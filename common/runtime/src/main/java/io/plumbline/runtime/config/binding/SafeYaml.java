package io.plumbline.runtime.config.binding;

import io.plumbline.runtime.input.BadInput;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.events.AliasEvent;
import org.snakeyaml.engine.v2.events.CollectionEndEvent;
import org.snakeyaml.engine.v2.events.CollectionStartEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.schema.CoreSchema;

/** YAML whose tree is no larger and no deeper than its text: nothing in it can exhaust memory. */
public final class SafeYaml {
  /** The largest text that is read, in characters and in bytes. */
  public static final int MOST_CHARACTERS = 16 << 20;

  private static final int MOST_LEVELS = 100;

  private SafeYaml() {}

  /**
   * Empty if the text has nothing but comments.
   *
   * @param name stands for the file in messages
   * @throws BadInput if the text is not YAML, or goes beyond a limit
   */
  public static Optional<Node> compose(String name, String text) {
    return read(name, text, compose -> compose.composeString(text));
  }

  /**
   * Every document of the text, which {@code ---} divides.
   *
   * @param name stands for the file in messages
   * @throws BadInput if the text is not YAML, or goes beyond a limit
   */
  public static List<Node> composeAll(String name, String text) {
    return read(
        name,
        text,
        compose -> {
          List<Node> all = new ArrayList<>();
          compose.composeAllFromString(text).forEach(all::add);
          return all;
        });
  }

  private static <T> T read(String name, String text, Function<Compose, T> tree) {
    LoadSettings settings =
        LoadSettings.builder()
            .setLabel(name)
            .setCodePointLimit(MOST_CHARACTERS)
            .setSchema(new CoreSchema())
            .build();
    try {
      checkTree(name, new Parse(settings).parseString(text));
      return tree.apply(new Compose(settings));
    } catch (MarkedYamlEngineException e) {
      int line = e.getProblemMark().map(mark -> mark.getLine() + 1).orElse(0);
      throw new BadInput(
          "%s:%d: not YAML: %s".formatted(name, line, Problems.oneLine(e.getProblem())), e);
    } catch (YamlEngineException e) {
      String reason = e.getMessage().lines().findFirst().orElse("");
      throw new BadInput("%s: not YAML: %s".formatted(name, Problems.oneLine(reason)), e);
    }
  }

  /** The composer recurses, and an alias may stand for a tree: both are bounded before it runs. */
  private static void checkTree(String name, Iterable<Event> events) {
    Set<String> collections = new HashSet<>();
    int level = 0;
    for (Event event : events) {
      if (event instanceof CollectionStartEvent start) {
        start.getAnchor().ifPresent(anchor -> collections.add(anchor.getValue()));
        level++;
        if (level > MOST_LEVELS) {
          throw new BadInput(
              "%s:%d: expected at most %d levels of nesting"
                  .formatted(name, line(event), MOST_LEVELS));
        }
      } else if (event instanceof CollectionEndEvent) {
        level--;
      } else if (event instanceof AliasEvent alias
          && collections.contains(alias.getAlias().getValue())) {
        throw new BadInput(
            "%s:%d: *%s: expected the list or mapping written out, found an alias of it"
                .formatted(name, line(event), Problems.oneLine(alias.getAlias().getValue())));
      }
    }
  }

  private static int line(Event event) {
    return event.getStartMark().map(mark -> mark.getLine() + 1).orElse(0);
  }
}
