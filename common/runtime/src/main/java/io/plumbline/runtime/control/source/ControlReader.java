package io.plumbline.runtime.control.source;

import io.plumbline.runtime.control.ControlChange;
import io.plumbline.runtime.control.ControlConsumer;
import io.plumbline.runtime.control.ControlPosition;
import io.plumbline.runtime.ingest.Ingested;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.apache.flink.api.connector.source.SourceReaderContext;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.connector.base.source.reader.SingleThreadMultiplexSourceReaderBase;
import org.apache.flink.connector.base.source.reader.splitreader.SplitReader;

/** Emits what was read, and keeps where to go on after it. */
final class ControlReader
    extends SingleThreadMultiplexSourceReaderBase<
        ControlConsumer.Read,
        Ingested<ControlChange>,
        ControlSplit,
        AtomicReference<ControlPosition>> {
  ControlReader(
      Supplier<SplitReader<ControlConsumer.Read, ControlSplit>> reader,
      Configuration configuration,
      SourceReaderContext context) {
    super(
        reader,
        (read, output, position) -> {
          output.collect(read.record());
          position.set(read.after());
        },
        configuration,
        context);
  }

  @Override
  protected AtomicReference<ControlPosition> initializedState(ControlSplit split) {
    return new AtomicReference<>(split.position());
  }

  @Override
  protected ControlSplit toSplitType(String id, AtomicReference<ControlPosition> position) {
    return new ControlSplit(position.get());
  }

  @Override
  protected void onSplitFinished(Map<String, AtomicReference<ControlPosition>> finished) {
    throw new IllegalStateException("the control topic has no end");
  }
}
