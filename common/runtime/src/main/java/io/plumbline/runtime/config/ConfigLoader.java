package io.plumbline.runtime.config;

import io.plumbline.runtime.config.binding.Findings;
import io.plumbline.runtime.config.binding.Problems;
import io.plumbline.runtime.config.binding.RecordBinder;
import io.plumbline.runtime.config.binding.SafeYaml;
import io.plumbline.runtime.input.BadInput;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.snakeyaml.engine.v2.nodes.Node;

/** Reads plumbline.yaml; what is wrong in it is told all at once, each with its line. */
public final class ConfigLoader {
  private static final Path STANDARD_INPUT = Path.of("-");

  private ConfigLoader() {}

  /**
   * @throws BadInput if the file is not there, is empty, is not YAML, or breaks a rule
   */
  public static PlumblineConfig load(Path file) {
    String text = text(file);
    if (text.isBlank()) {
      throw new BadInput("%s: expected keys, found an empty file".formatted(file));
    }
    return parse(file.toString(), text);
  }

  /**
   * @param name stands for the file in messages
   * @throws BadInput if the text is not YAML, or breaks a rule
   */
  public static PlumblineConfig parse(String name, String text) {
    Node root = SafeYaml.compose(name, text).orElse(null);
    Problems problems = new Problems(name);
    RecordBinder binder = new RecordBinder(problems);
    PlumblineConfig config = binder.bind(root, PlumblineConfig.class, "");
    new ConfigRules(config, new Findings(binder, problems)).check();
    problems.throwIfAny();
    return config;
  }

  /**
   * The text of a file of keys or documents; {@code -} is standard input.
   *
   * @throws BadInput if it cannot be read, is too long, or is not UTF-8
   */
  public static String text(Path file) {
    // Not Files.readString: a device or a pipe has no size to look at before.
    try (InputStream in = file.equals(STANDARD_INPUT) ? System.in : Files.newInputStream(file)) {
      byte[] bytes = in.readNBytes(SafeYaml.MOST_CHARACTERS + 1);
      if (bytes.length > SafeYaml.MOST_CHARACTERS) {
        throw new BadInput(
            "%s: expected at most %d MiB".formatted(file, SafeYaml.MOST_CHARACTERS >> 20));
      }
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (NoSuchFileException e) {
      throw new BadInput("%s: no such file".formatted(file), e);
    } catch (AccessDeniedException e) {
      throw new BadInput("%s: the file may not be read".formatted(file), e);
    } catch (CharacterCodingException e) {
      throw new BadInput("%s: expected text in UTF-8, found other bytes".formatted(file), e);
    } catch (IOException e) {
      throw new BadInput("%s: cannot be read: %s".formatted(file, e.getMessage()), e);
    }
  }
}
