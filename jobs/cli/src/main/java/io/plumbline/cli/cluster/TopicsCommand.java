package io.plumbline.cli.cluster;

import io.plumbline.cluster.LocalCluster;
import io.plumbline.cluster.Topics;
import io.plumbline.runtime.config.KafkaConfig;
import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code plumbline topics}. */
@Command(
    name = "topics",
    description = "The topics of the contract.",
    mixinStandardHelpOptions = true,
    subcommands = TopicsCommand.Create.class)
public final class TopicsCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    spec.commandLine().usage(spec.commandLine().getErr());
    return 2;
  }

  /** {@code plumbline topics create}. */
  @Command(
      name = "create",
      description = "Creates the topics that are missing; others are left as they are.",
      mixinStandardHelpOptions = true)
  static final class Create implements Callable<Integer> {
    @Mixin private KafkaOptions options;

    @Option(
        names = "--partitions",
        paramLabel = "N",
        description = "Partitions of each, but of control (" + LocalCluster.PARTITIONS + ").")
    private int partitions = LocalCluster.PARTITIONS;

    @Spec private CommandSpec spec;

    @Override
    public Integer call() {
      KafkaConfig kafka = options.kafka();
      try (Topics topics = new Topics(kafka.clientProperties(), kafka::name)) {
        List<String> created = topics.create(partitions);
        PrintWriter out = spec.commandLine().getOut();
        out.println(
            created.isEmpty() ? "all topics exist" : "created " + String.join(", ", created));
        out.flush();
        return 0;
      }
    }
  }
}
