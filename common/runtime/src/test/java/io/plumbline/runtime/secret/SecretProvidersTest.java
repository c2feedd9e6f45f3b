package io.plumbline.runtime.secret;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.plumbline.runtime.config.ConfigLoader;
import io.plumbline.runtime.config.KafkaConfig;
import io.plumbline.runtime.input.BadInput;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.config.ConfigData;
import org.apache.kafka.common.config.SaslConfigs;
import org.apache.kafka.common.config.provider.ConfigProvider;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Kafka's clients find what our placeholders stand for. */
class SecretProvidersTest {
  @TempDir Path folder;

  private static KafkaConfig kafka(String option, String value) {
    return new KafkaConfig(
        Map.of("bootstrap.servers", "localhost:1", option, value),
        KafkaConfig.Delivery.AT_LEAST_ONCE,
        Map.of());
  }

  private static String password(Properties client) {
    client.put("key.deserializer", ByteArrayDeserializer.class);
    client.put("value.deserializer", ByteArrayDeserializer.class);
    return new ConsumerConfig(client).getPassword(SaslConfigs.SASL_JAAS_CONFIG).value();
  }

  @Test
  void aClientResolvesWhatItsPropertiesOnlyName() throws Exception {
    Path secret = Files.writeString(folder.resolve("a:b:c"), "  hun$1ter\\2 \n");
    String jaas = "login user=\"${env:PATH}\" password=\"${file:%s}\";".formatted(secret);
    Properties client = kafka(SaslConfigs.SASL_JAAS_CONFIG, jaas).clientProperties();
    assertThat(client.get(SaslConfigs.SASL_JAAS_CONFIG)).isEqualTo(jaas);
    assertThat(password(client))
        .isEqualTo("login user=\"%s\" password=\"hun$1ter\\2\";", System.getenv("PATH"));
  }

  @Test
  void allOptionsOfAllClientsAreResolved() throws Exception {
    Path servers = Files.writeString(folder.resolve("servers"), "localhost:1");
    Properties client = kafka("client.id", "${file:" + servers + "}").clientProperties();
    client.put("bootstrap.servers", "${file:" + servers + "}");
    Properties writing = new Properties();
    writing.putAll(client);
    writing.put("key.serializer", ByteArraySerializer.class);
    writing.put("value.serializer", ByteArraySerializer.class);
    assertThat(new ProducerConfig(writing).getString("client.id")).isEqualTo("localhost:1");
    try (var admin = Admin.create(client);
        var consumer =
            new KafkaConsumer<>(client, new ByteArrayDeserializer(), new ByteArrayDeserializer());
        var producer =
            new KafkaProducer<>(client, new ByteArraySerializer(), new ByteArraySerializer())) {
      assertThat(admin).isNotNull();
      assertThat(consumer.metrics().keySet())
          .anySatisfy(
              metric -> assertThat(metric.tags()).containsEntry("client-id", "localhost:1"));
      assertThat(producer.metrics().keySet())
          .anySatisfy(
              metric -> assertThat(metric.tags()).containsEntry("client-id", "localhost:1"));
    }
  }

  @Test
  void whatIsNotThereIsNamed() {
    assertThatThrownBy(
            () -> Admin.create(kafka("client.id", "${env:NO_SUCH_ONE}").clientProperties()))
        .isInstanceOf(BadInput.class)
        .hasMessage("${env:NO_SUCH_ONE}: the environment has no such variable");
    for (String path : new String[] {"/no/such:file", "a\0b"}) {
      assertThatThrownBy(
              () -> password(kafka("client.id", "${file:" + path + "}").clientProperties()))
          .isInstanceOf(BadInput.class)
          .hasMessage("${file:" + path + "}: the file cannot be read");
    }
  }

  /** A user's. */
  public static final class Vault implements ConfigProvider {
    private String prefix;

    @Override
    public void configure(Map<String, ?> config) {
      prefix = (String) config.get("prefix");
    }

    @Override
    public ConfigData get(String path) {
      return get(path, Set.of());
    }

    @Override
    public ConfigData get(String path, Set<String> keys) {
      return new ConfigData(Map.of("key", prefix + path));
    }

    @Override
    public void close() {}
  }

  @Test
  void theUsersOwnProvidersStay() {
    Properties client =
        ConfigLoader.parse(
                "c",
                """
                kafka:
                  properties:
                    bootstrap.servers: b
                    config.providers: vault
                    config.providers.vault.class: %s
                    config.providers.vault.param.prefix: at
                    client.id: ${vault:/there:key} ${env:PATH} ${other:x}
                """
                    .formatted(Vault.class.getName()))
            .kafka()
            .clientProperties();
    client.put("key.deserializer", ByteArrayDeserializer.class);
    client.put("value.deserializer", ByteArrayDeserializer.class);
    assertThat(new ConsumerConfig(client).getString("client.id"))
        .isEqualTo("at/there " + System.getenv("PATH") + " ${other:x}");
  }
}
