package io.plumbline.runtime.control;

import io.plumbline.runtime.config.KafkaConfig;
import java.time.Duration;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InterruptException;

/** Asks the broker. */
final class BrokerTopicIds implements TopicIds {
  private final Admin admin;

  BrokerTopicIds(KafkaConfig kafka) {
    Properties properties = kafka.clientProperties();
    properties.putIfAbsent("default.api.timeout.ms", "15000");
    properties.putIfAbsent("request.timeout.ms", "10000");
    admin = Admin.create(properties);
  }

  @Override
  public String of(String topic) {
    return describe(topic).topicId().toString();
  }

  /**
   * @throws KafkaException if there is no such topic, or the broker says nothing for 15 s
   */
  TopicDescription describe(String topic) {
    try {
      return admin.describeTopics(List.of(topic)).topicNameValues().get(topic).get();
    } catch (ExecutionException e) {
      throw e.getCause() instanceof KafkaException known
          ? known
          : new KafkaException("topic " + topic, e.getCause());
    } catch (InterruptedException e) {
      throw new InterruptException(e);
    }
  }

  @Override
  public void close() {
    admin.close(Duration.ZERO);
  }
}
