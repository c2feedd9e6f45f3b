package io.plumbline.runtime.launch;

import io.plumbline.runtime.config.ConfigLoader;
import io.plumbline.runtime.config.PlumblineConfig;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/** The options that every streaming job takes. */
public final class JobOptions {
  @Option(names = "--config", paramLabel = "FILE", description = "plumbline.yaml; options win.")
  private Path config;

  @Option(
      names = "--bootstrap-servers",
      paramLabel = "HOST:PORT",
      description = "The broker (kafka.properties of the config).")
  private String bootstrapServers;

  @Option(
      names = "--tables",
      paramLabel = "DIR",
      description = "Folder of the tables (tables.path of the config).")
  private String tables;

  @Option(
      names = "--parallelism",
      paramLabel = "N",
      description = "Parallel tasks; default: what the cluster says.")
  private Integer parallelism;

  /** The config, with what the options say. */
  public PlumblineConfig config() {
    PlumblineConfig read = config == null ? PlumblineConfig.defaults() : ConfigLoader.load(config);
    if (bootstrapServers != null) {
      read = read.withKafka(read.kafka().withBootstrapServers(bootstrapServers));
    }
    return tables == null ? read : read.withTables(read.tables().withPath(tables));
  }

  /** Null: what the cluster says. */
  public Integer parallelism() {
    return parallelism;
  }
}
