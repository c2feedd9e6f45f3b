package io.plumbline.runtime.secret;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Properties;
import java.util.Set;

/**
 * Our placeholders in the properties of Kafka's clients. Each client resolves them itself when it
 * is made, so that they travel in a job's graph and its state as they are written.
 */
public final class SecretProviders {
  /** Where a client looks for its providers. */
  public static final String OPTION = "config.providers";

  private static final Map<String, Class<? extends SecretProvider>> BY_NAME = new LinkedHashMap<>();

  static {
    BY_NAME.put("env", EnvironmentSecrets.class);
    BY_NAME.put("file", FileSecrets.class);
  }

  private SecretProviders() {}

  /** The names that stand before the colon of a placeholder. */
  public static Set<String> names() {
    return BY_NAME.keySet();
  }

  /**
   * Adds ours to those of the user.
   *
   * @param client properties of a Kafka client; none of the user's providers has a name of ours
   */
  public static void addTo(Properties client) {
    String others = client.getProperty(OPTION, "");
    String ours = String.join(",", names());
    client.put(OPTION, others.isBlank() ? ours : others + "," + ours);
    BY_NAME.forEach(
        (name, provider) -> client.put(OPTION + "." + name + ".class", provider.getName()));
  }
}
