package io.plumbline.runtime.config;

import io.plumbline.events.Topic;
import io.plumbline.runtime.config.binding.Limits.Default;
import io.plumbline.runtime.config.binding.Limits.Keys;
import io.plumbline.runtime.config.binding.Limits.Secret;
import io.plumbline.runtime.secret.SecretProviders;
import java.io.Serializable;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;

/**
 * The section {@code kafka}. Secrets are placeholders here.
 *
 * @param properties handed to every Kafka client as they are
 * @param topics by the contract's name without {@code plumbline.}; only what differs from it
 */
public record KafkaConfig(
    @Default("{bootstrap.servers: \"localhost:9092\"}") @Secret Map<String, String> properties,
    @Default("at_least_once") Delivery delivery,
    @Keys({
          "predictions",
          "labels",
          "features",
          "metrics",
          "checks",
          "drift",
          "alerts",
          "incidents",
          "actions",
          "control",
          "dead_letters"
        })
        Map<String, TopicConfig> topics)
    implements Serializable {

  /** What a reader of the result topics may see after a failure. */
  public enum Delivery {
    /** Each state at once, some twice: readers keep the latest of each identity. */
    AT_LEAST_ONCE,
    /** Each state once, when the checkpoint that covers it is complete. */
    EXACTLY_ONCE
  }

  /**
   * @param name as the broker knows it; null: the contract's
   * @param fields our field to the JSON pointer into the user's record
   */
  public record TopicConfig(String name, Map<String, String> fields) implements Serializable {}

  /**
   * For any Kafka client: it finds the secrets that the file only names when it is made, and where,
   * and ends with {@link io.plumbline.runtime.input.BadInput} if one is not there.
   */
  public Properties clientProperties() {
    Properties client = new Properties();
    client.putAll(properties);
    SecretProviders.addTo(client);
    return client;
  }

  /**
   * For a consumer that sees what the jobs see: what is committed, of topics that are there. It is
   * in no group and commits nothing.
   */
  public Properties readerProperties() {
    Properties reader = clientProperties();
    // A user may have results of transactions on the topics: what was rolled back was never said.
    reader.putIfAbsent("isolation.level", "read_committed");
    reader.put("allow.auto.create.topics", "false");
    reader.put("enable.auto.commit", "false");
    reader.remove("group.id");
    return reader;
  }

  /** What the broker calls the topic. */
  public String name(Topic topic) {
    TopicConfig mapped = topics.get(topic.key());
    return mapped == null || mapped.name() == null ? topic.standardName() : mapped.name();
  }

  /** Where the user's records hold our fields; empty: under our names. */
  public Map<String, String> fields(Topic topic) {
    TopicConfig mapped = topics.get(topic.key());
    return mapped == null ? Map.of() : mapped.fields();
  }

  /** The same, with another broker. */
  public KafkaConfig withBootstrapServers(String servers) {
    Map<String, String> changed = new TreeMap<>(properties);
    changed.put("bootstrap.servers", servers);
    return new KafkaConfig(changed, delivery, topics);
  }
}
