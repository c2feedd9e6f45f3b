package io.plumbline.runtime.secret;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.common.config.ConfigData;
import org.apache.kafka.common.config.provider.ConfigProvider;

/** What the placeholders of one kind stand for, asked by a Kafka client where it is made. */
abstract class SecretProvider implements ConfigProvider {
  /**
   * What a placeholder stands for.
   *
   * @throws io.plumbline.runtime.input.BadInput if it is not there, without a value in the message
   */
  abstract String value(String name);

  @Override
  public final ConfigData get(String path, Set<String> keys) {
    Map<String, String> values = new HashMap<>();
    for (String key : keys) {
      // Kafka parts a name at its first colon.
      values.put(key, value(path.isEmpty() ? key : path + ":" + key));
    }
    return new ConfigData(values);
  }

  @Override
  public final ConfigData get(String path) {
    throw new UnsupportedOperationException("secrets are asked for by name");
  }

  @Override
  public final void configure(Map<String, ?> config) {
    // There is nothing to set.
  }

  @Override
  public final void close() {
    // Nothing stays open.
  }
}
