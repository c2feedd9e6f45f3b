package io.plumbline.cluster;

import io.plumbline.events.Topic;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/** The contract's topics on a broker. */
public final class Topics implements AutoCloseable {
  private static final int TIMEOUT_SECONDS = 15;

  private final Admin admin;
  private final Function<Topic, String> names;
  private final String servers;

  /**
   * @param client properties for any Kafka client
   * @param names what the broker calls each topic
   */
  public Topics(Properties client, Function<Topic, String> names) {
    Properties properties = new Properties();
    properties.putAll(client);
    properties.putIfAbsent(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, "15000");
    properties.putIfAbsent(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, "10000");
    servers = client.getProperty("bootstrap.servers");
    admin = Admin.create(properties);
    this.names = names;
  }

  /** Whether the broker answers. */
  boolean isReachable() {
    try {
      admin.describeCluster().nodes().get(1, TimeUnit.SECONDS);
      return true;
    } catch (ExecutionException | TimeoutException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new ClusterException("interrupted", e);
    }
  }

  /**
   * Creates those that are missing, waits until each of their partitions answers, and returns their
   * names; others are left as they are.
   *
   * @throws ClusterException if the control topic was there and is not compacted
   */
  public List<String> create(int partitions) {
    Set<String> there = await(admin.listTopics().names());
    List<NewTopic> missing = new ArrayList<>();
    for (Topic topic : Topic.values()) {
      String name = names.apply(topic);
      if (!there.contains(name)) {
        missing.add(
            topic.isCompacted()
                // One partition, since the order of changes matters.
                ? new NewTopic(name, 1, (short) -1)
                    .configs(
                        Map.of(
                            TopicConfig.CLEANUP_POLICY_CONFIG, TopicConfig.CLEANUP_POLICY_COMPACT))
                : new NewTopic(name, partitions, (short) -1));
      }
    }
    await(admin.createTopics(missing).all());
    awaitServed(partitions(missing));
    there.stream().filter(names.apply(Topic.CONTROL)::equals).forEach(this::requireCompacted);
    return missing.stream().map(NewTopic::name).toList();
  }

  /** Another policy forgets what holds when its time is over, and nobody is told. */
  private void requireCompacted(String topic) {
    ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, topic);
    String policy =
        await(admin.describeConfigs(List.of(resource)).all())
            .get(resource)
            .get(TopicConfig.CLEANUP_POLICY_CONFIG)
            .value();
    if (!policy.equals(TopicConfig.CLEANUP_POLICY_COMPACT)) {
      throw new ClusterException(
          "topic %s: expected cleanup.policy=compact, found %s, which forgets changes; mend it by"
                  .formatted(topic, policy)
              + " kafka-configs.sh --bootstrap-server %s --alter --entity-type topics"
                  .formatted(servers)
              + " --entity-name %s --add-config cleanup.policy=compact".formatted(topic));
    }
  }

  /**
   * The broker tells of a new topic before it knows it itself, and of a partition before it serves
   * it: only one that serves has offsets.
   */
  private void awaitServed(List<TopicPartition> partitions) {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(TIMEOUT_SECONDS);
    while (true) {
      try {
        offsets(partitions, OffsetSpec.latest());
        return;
      } catch (ClusterException e) {
        boolean unknownYet = e.getCause() instanceof UnknownTopicOrPartitionException;
        if (!unknownYet || System.nanoTime() > deadline) {
          throw e;
        }
      }
      Waiting.pause(Duration.ofMillis(100));
    }
  }

  private static List<TopicPartition> partitions(List<NewTopic> topics) {
    List<TopicPartition> partitions = new ArrayList<>();
    for (NewTopic topic : topics) {
      for (int partition = 0; partition < topic.numPartitions(); partition++) {
        partitions.add(new TopicPartition(topic.name(), partition));
      }
    }
    return partitions;
  }

  /**
   * @param records that the topic holds now
   * @param lag records that each reading job has not read yet, by its consumer group
   */
  public record Backlog(String topic, long records, Map<String, Long> lag) {}

  /** How much lies on each of the contract's topics that exist. */
  public List<Backlog> backlogs() {
    Set<String> there = await(admin.listTopics().names());
    List<String> ours =
        List.of(Topic.values()).stream().map(names).filter(there::contains).toList();
    List<TopicPartition> partitions = new ArrayList<>();
    for (TopicDescription topic : await(admin.describeTopics(ours).allTopicNames()).values()) {
      topic
          .partitions()
          .forEach(p -> partitions.add(new TopicPartition(topic.name(), p.partition())));
    }
    Map<TopicPartition, Long> first = offsets(partitions, OffsetSpec.earliest());
    Map<TopicPartition, Long> end = offsets(partitions, OffsetSpec.latest());
    Map<String, Map<String, Long>> lags = lags(end);
    List<Backlog> backlogs = new ArrayList<>();
    for (String topic : ours) {
      long records =
          partitions.stream()
              .filter(p -> p.topic().equals(topic))
              .mapToLong(p -> end.get(p) - first.get(p))
              .sum();
      backlogs.add(new Backlog(topic, records, lags.getOrDefault(topic, Map.of())));
    }
    return backlogs;
  }

  private Map<TopicPartition, Long> offsets(List<TopicPartition> partitions, OffsetSpec which) {
    Map<TopicPartition, OffsetSpec> asked = new java.util.HashMap<>();
    partitions.forEach(p -> asked.put(p, which));
    Map<TopicPartition, Long> offsets = new java.util.HashMap<>();
    for (Map.Entry<TopicPartition, ListOffsetsResultInfo> found :
        await(admin.listOffsets(asked).all()).entrySet()) {
      offsets.put(found.getKey(), found.getValue().offset());
    }
    return offsets;
  }

  private Map<String, Map<String, Long>> lags(Map<TopicPartition, Long> end) {
    Map<String, Map<String, Long>> lags = new TreeMap<>();
    List<String> groups =
        await(admin.listGroups().all()).stream()
            .map(group -> group.groupId())
            .filter(group -> group.startsWith("plumbline-"))
            .sorted()
            .toList();
    for (String group : groups) {
      Map<TopicPartition, OffsetAndMetadata> read =
          await(admin.listConsumerGroupOffsets(group).partitionsToOffsetAndMetadata());
      read.forEach(
          (partition, offset) -> {
            if (offset != null && end.containsKey(partition)) {
              lags.computeIfAbsent(partition.topic(), t -> new TreeMap<>())
                  .merge(group, end.get(partition) - offset.offset(), Long::sum);
            }
          });
    }
    return lags;
  }

  private <T> T await(KafkaFuture<T> future) {
    try {
      return future.get(TIMEOUT_SECONDS, TimeUnit.SECONDS);
    } catch (ExecutionException e) {
      throw new ClusterException(
          "Kafka at %s: %s".formatted(servers, e.getCause().getMessage()), e.getCause());
    } catch (TimeoutException e) {
      throw new ClusterException("Kafka at %s does not answer".formatted(servers), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new ClusterException("interrupted", e);
    }
  }

  @Override
  public void close() {
    admin.close();
  }
}
