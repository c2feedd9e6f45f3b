package io.plumbline.runtime.config;

import io.plumbline.runtime.input.BadInput;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Text that names its secrets instead of holding them: {@code ${env:NAME}}, {@code ${file:PATH}}.
 */
public final class SecretText {
  /** A placeholder, as Java and as a JSON Schema write it. */
  static final String PLACEHOLDER_FORM = "\\$\\{(env|file):([^}]+)\\}";

  /**
   * Options of Kafka's clients whose values are secrets: not those that only say where, which or
   * how.
   */
  static final String SECRET_OPTION_FORM =
      "^(?!.*\\.(url|id|scope|class|location|path|file|type|ms|seconds)$)"
          + ".*(password|jaas|secret|credential|token|keystore\\.key|user\\.info)";

  private static final Pattern PLACEHOLDER = Pattern.compile(PLACEHOLDER_FORM);
  private static final Pattern SECRET_OPTION =
      Pattern.compile(SECRET_OPTION_FORM, Pattern.CASE_INSENSITIVE);

  /** {@code https://user:password@host}. */
  private static final Pattern PASSWORD_OF_USER =
      Pattern.compile("://[^/?#@\\s:]*+:(?!\\$\\{)[^/?#@\\s]++@");

  /** No part of it runs over the next {@code ?} or {@code &}: long texts cost no more than once. */
  private static final Pattern PASSWORD_PARAMETER =
      Pattern.compile("(?i)[?&][^=?&\\s]*(password|secret|token|api_?key)=(?!\\$\\{)[^&\\s]");

  /** {@code password="hunter2"} among the options of a login module. */
  private static final Pattern PART_IN_CLEAR =
      Pattern.compile(
          "(?i)\\b\\w*(password|secret|token|credentials?)\\s*+=\\s*+"
              + "(?![\"']?"
              + PLACEHOLDER_FORM
              + "[\"']?([\\s;,]|$))\\S");

  private SecretText() {}

  /** Whether the text is nothing but one placeholder. */
  static boolean isPlaceholder(String text) {
    return PLACEHOLDER.matcher(text).matches();
  }

  static boolean hasPlaceholder(String text) {
    return PLACEHOLDER.matcher(text).find();
  }

  /** Whether the text holds a URL with a password that is no placeholder. */
  static boolean hasPasswordInUrl(String text) {
    return text.contains("://")
        && (PASSWORD_OF_USER.matcher(text).find()
            || Arrays.stream(text.split("\\s+", -1)).anyMatch(SecretText::hasPasswordParameter));
  }

  private static boolean hasPasswordParameter(String word) {
    int url = word.indexOf("://");
    return url >= 0 && PASSWORD_PARAMETER.matcher(word).find(url);
  }

  /**
   * Whether the value of an option that holds secrets holds one in clear: it has no placeholder, or
   * one of its parts that are secrets is something else than a placeholder.
   */
  static boolean isInClear(String value) {
    return !hasPlaceholder(value) || PART_IN_CLEAR.matcher(value).find();
  }

  static boolean isSecretOption(String option) {
    return SECRET_OPTION.matcher(option).find();
  }

  /**
   * The text with what its placeholders stand for; to be handed on, never to be printed.
   *
   * @throws BadInput if a variable or a file is not there
   */
  public static String resolve(String text) {
    Matcher matcher = PLACEHOLDER.matcher(text);
    StringBuilder resolved = new StringBuilder();
    while (matcher.find()) {
      String value =
          matcher.group(1).equals("env") ? env(matcher.group(2)) : file(matcher.group(2));
      matcher.appendReplacement(resolved, Matcher.quoteReplacement(value));
    }
    return matcher.appendTail(resolved).toString();
  }

  private static String env(String name) {
    String value = System.getenv(name);
    if (value == null) {
      throw new BadInput("${env:%s}: the environment has no such variable".formatted(name));
    }
    return value;
  }

  private static String file(String path) {
    try {
      return Files.readString(Path.of(path)).strip();
    } catch (IOException e) {
      throw new BadInput("${file:%s}: the file cannot be read".formatted(path), e);
    }
  }
}
