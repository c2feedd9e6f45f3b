package io.plumbline.runtime.config;

import io.plumbline.events.FeatureValue;
import io.plumbline.events.Label;
import io.plumbline.events.Prediction;
import io.plumbline.events.Topic;
import io.plumbline.runtime.config.binding.Findings;
import io.plumbline.runtime.secret.SecretProviders;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** Topics have names that Kafka takes, one each, and pointers for fields that there are. */
final class KafkaRules {
  private static final String NO_POINTER = "expected a JSON pointer like /meta/id, found \"%s\"";

  private static final Pattern BAD_ESCAPE = Pattern.compile("~(?![01])");
  private static final Pattern TOPIC_NAME = Pattern.compile("(?!\\.{1,2}$)[a-zA-Z0-9._-]{1,249}");

  /** What users' own records can be mapped to: section 4.2 of the design. */
  private static final Map<Topic, List<String>> FIELDS =
      Map.of(
          Topic.PREDICTIONS, Prediction.FIELDS,
          Topic.LABELS, Label.FIELDS,
          Topic.FEATURES, FeatureValue.FIELDS);

  private final KafkaConfig kafka;
  private final Findings findings;

  KafkaRules(KafkaConfig kafka, Findings findings) {
    this.kafka = kafka;
    this.findings = findings;
  }

  static boolean isPointer(String text) {
    return text.startsWith("/") && !BAD_ESCAPE.matcher(text).find();
  }

  void check() {
    if (!kafka.properties().containsKey("bootstrap.servers")) {
      findings.add("kafka.properties", "expected bootstrap.servers, which is missing");
    }
    checkProviders();
    Map<String, Topic> names = new HashMap<>();
    for (Topic topic : Topic.values()) {
      String path = "kafka.topics." + topic.key();
      String name = kafka.name(topic);
      if (!TOPIC_NAME.matcher(name).matches()) {
        findings.add(
            path + ".name", "expected letters, digits, '.', '_' and '-', found \"" + name + "\"");
      }
      Topic other = names.putIfAbsent(name, topic);
      if (other != null) {
        String at = findings.stands(path + ".name") ? path : "kafka.topics." + other.key();
        findings.add(
            at + ".name",
            "%s is the name of %s and of %s".formatted(name, other.key(), topic.key()));
      }
      checkFields(topic, path + ".fields");
    }
  }

  /** The user's own providers must not take the places of ours. */
  private void checkProviders() {
    String providers = kafka.properties().getOrDefault(SecretProviders.OPTION, "");
    for (String provider : providers.split(",", -1)) {
      if (SecretProviders.names().contains(provider.strip())) {
        findings.add(
            "kafka.properties." + SecretProviders.OPTION,
            "expected other names than %s, which stand for ${env:NAME} and ${file:PATH}, found \"%s\""
                .formatted(String.join(" and ", SecretProviders.names()), provider.strip()));
      }
    }
  }

  private void checkFields(Topic topic, String path) {
    List<String> known = FIELDS.get(topic);
    kafka
        .fields(topic)
        .forEach(
            (field, pointer) -> {
              String at = path + "." + field;
              if (known == null) {
                findings.add(at, "expected only below " + String.join(", ", mapped()));
              } else {
                findings.known(field, known, "the fields of " + topic.key(), at);
              }
              // The features may be the record's own keys: then its root is where they are.
              boolean root =
                  topic == Topic.PREDICTIONS && field.equals("features") && pointer.isEmpty();
              if (!root && !isPointer(pointer)) {
                findings.add(at, NO_POINTER.formatted(pointer));
              }
            });
  }

  private static List<String> mapped() {
    List<String> topics = new ArrayList<>();
    for (Topic topic : Topic.values()) {
      if (FIELDS.containsKey(topic)) {
        topics.add(topic.key());
      }
    }
    return topics;
  }
}
