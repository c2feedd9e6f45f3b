package io.plumbline.cli.cluster;

import io.plumbline.archive.compact.Compaction;
import io.plumbline.parquet.TablesFolder;
import io.plumbline.runtime.config.ConfigLoader;
import io.plumbline.runtime.config.PlumblineConfig;
import io.plumbline.runtime.input.BadInput;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code plumbline tables}. */
@Command(
    name = "tables",
    description = "The metric tables.",
    mixinStandardHelpOptions = true,
    subcommands = TablesCommand.Compact.class)
public final class TablesCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    spec.commandLine().usage(spec.commandLine().getErr());
    return 2;
  }

  /** {@code plumbline tables compact}. */
  @Command(
      name = "compact",
      description = {
        "Makes few files of the many of each closed day (UTC), keeping of each result its last"
            + " state of that day, and drops days past tables.retention.",
        "Meant to run once a night; safe to interrupt and to repeat."
      },
      mixinStandardHelpOptions = true)
  static final class Compact implements Callable<Integer> {
    @Mixin private ClusterOption cluster;

    @Option(
        names = "--config",
        paramLabel = "FILE",
        description = "plumbline.yaml, whose section tables says where and how long.")
    private Path config;

    @Option(
        names = "--tables",
        paramLabel = "DIR",
        description = "Folder of the tables (the config's, else the local cluster's).")
    private String tables;

    @Spec private CommandSpec spec;

    @Override
    public Integer call() throws IOException {
      PlumblineConfig read =
          config == null ? PlumblineConfig.defaults() : ConfigLoader.load(config);
      PrintWriter out = spec.commandLine().getOut();
      requireExisting(TablesFolder.of(folder(read)));
      Compaction compaction =
          new Compaction(
              TablesFolder.of(folder(read)), LocalDate.now(ZoneOffset.UTC), out::println);
      Compaction.Outcome outcome = compaction.run(read.tables().retention());
      out.printf(
          "%d partitions compacted, %d files became %d; %d partitions dropped%n",
          outcome.compacted(), outcome.filesBefore(), outcome.filesAfter(), outcome.dropped());
      out.flush();
      return 0;
    }

    private static void requireExisting(org.apache.flink.core.fs.Path folder) throws IOException {
      if (!folder.getFileSystem().exists(folder)) {
        throw new BadInput(folder + ": no such folder; expected that of the tables");
      }
    }

    private String folder(PlumblineConfig read) {
      if (tables != null) {
        return tables;
      }
      return config != null ? read.tables().path() : cluster.folder().tables().toString();
    }
  }
}
