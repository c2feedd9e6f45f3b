package io.plumbline.runtime.config.binding;

import java.util.Arrays;
import java.util.regex.Pattern;

/**
 * Text that names its secrets instead of holding them: {@code ${env:NAME}}, {@code ${file:PATH}}.
 * {@link io.plumbline.runtime.secret.SecretProviders} has what they stand for.
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
  public static boolean isPlaceholder(String text) {
    return PLACEHOLDER.matcher(text).matches();
  }

  /** Whether a placeholder stands anywhere in the text. */
  public static boolean hasPlaceholder(String text) {
    return PLACEHOLDER.matcher(text).find();
  }

  /** Whether the text holds a URL with a password that is no placeholder. */
  public static boolean hasPasswordInUrl(String text) {
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
  public static boolean isInClear(String value) {
    return !hasPlaceholder(value) || PART_IN_CLEAR.matcher(value).find();
  }

  /** Whether an option of Kafka's clients holds a secret, by its name. */
  public static boolean isSecretOption(String option) {
    return SECRET_OPTION.matcher(option).find();
  }
}
