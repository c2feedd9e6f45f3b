package io.plumbline.runtime.control.source;

import io.plumbline.runtime.config.KafkaConfig;
import io.plumbline.runtime.control.ControlChange;
import io.plumbline.runtime.control.ControlPosition;
import io.plumbline.runtime.ingest.Ingested;
import java.util.List;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.connector.source.Boundedness;
import org.apache.flink.api.connector.source.Source;
import org.apache.flink.api.connector.source.SourceReader;
import org.apache.flink.api.connector.source.SourceReaderContext;
import org.apache.flink.api.connector.source.SplitEnumerator;
import org.apache.flink.api.connector.source.SplitEnumeratorContext;
import org.apache.flink.api.java.typeutils.ResultTypeQueryable;
import org.apache.flink.core.io.SimpleVersionedSerializer;

/**
 * The control topic as one split, for a single task. Unlike a source that knows only offsets it
 * finds that the topic was made anew, before a restore or while it runs, and reads that one whole.
 */
public final class ControlTopicSource
    implements Source<Ingested<ControlChange>, ControlSplit, List<ControlSplit>>,
        ResultTypeQueryable<Ingested<ControlChange>> {
  private final KafkaConfig kafka;
  private final ControlPosition initial;

  /**
   * @param initial where to begin without state
   */
  public ControlTopicSource(KafkaConfig kafka, ControlPosition initial) {
    this.kafka = kafka;
    this.initial = initial;
  }

  @Override
  public Boundedness getBoundedness() {
    return Boundedness.CONTINUOUS_UNBOUNDED;
  }

  @Override
  public SplitEnumerator<ControlSplit, List<ControlSplit>> createEnumerator(
      SplitEnumeratorContext<ControlSplit> context) {
    return restoreEnumerator(context, List.of(new ControlSplit(initial)));
  }

  @Override
  public SplitEnumerator<ControlSplit, List<ControlSplit>> restoreEnumerator(
      SplitEnumeratorContext<ControlSplit> context, List<ControlSplit> unassigned) {
    return new ControlEnumerator(context, unassigned);
  }

  @Override
  public SourceReader<Ingested<ControlChange>, ControlSplit> createReader(
      SourceReaderContext context) {
    return new ControlReader(
        () -> new ControlSplitReader(kafka, initial.epoch()), context.getConfiguration(), context);
  }

  @Override
  public SimpleVersionedSerializer<ControlSplit> getSplitSerializer() {
    return new ControlSplitSerializer();
  }

  @Override
  public SimpleVersionedSerializer<List<ControlSplit>> getEnumeratorCheckpointSerializer() {
    return new ControlSplitsSerializer();
  }

  @Override
  public TypeInformation<Ingested<ControlChange>> getProducedType() {
    return Ingested.type(TypeInformation.of(ControlChange.class));
  }
}
