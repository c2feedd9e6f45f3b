package io.plumbline.testing;

import io.plumbline.cluster.Topics;
import io.plumbline.events.ControlMessage;
import io.plumbline.events.Topic;
import io.plumbline.runtime.control.ControlTopic;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;

/** What tests do with a control topic. */
final class ControlTopics {
  private ControlTopics() {}

  /** Says who owns features: {@code income=ann}. */
  static void write(TestTopics topics, String... owners) {
    List<ControlMessage> messages = new ArrayList<>();
    for (String owner : owners) {
      String[] parts = owner.split("=", -1);
      String spec = "{\"type\":\"numeric\",\"owner\":\"%s\"}".formatted(parts[1]);
      messages.add(new ControlMessage("feature", parts[0], spec, "test", Instant.EPOCH));
    }
    ControlTopic.write(topics.config(), messages);
  }

  /** Deletes the topic, and makes one of its name. */
  static void makeAnew(TestTopics topics) throws Exception {
    Properties client = topics.config().clientProperties();
    String name = topics.config().name(Topic.CONTROL);
    try (Admin admin = Admin.create(client)) {
      admin.deleteTopics(Set.of(name)).all().get(1, TimeUnit.MINUTES);
      TestCluster.await("the topic is gone", () -> !names(admin).contains(name));
    }
    try (Topics all = new Topics(client, topics.config()::name)) {
      all.create(1);
    }
  }

  private static Set<String> names(Admin admin) {
    try {
      return admin.listTopics().names().get(1, TimeUnit.MINUTES);
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }
}
