package io.plumbline.runtime.ingest;

import org.apache.flink.api.common.eventtime.IndexedCombinedWatermarkStatus;
import org.apache.flink.runtime.event.WatermarkEvent;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.io.PushingAsyncDataInput.DataOutput;
import org.apache.flink.streaming.runtime.streamrecord.LatencyMarker;
import org.apache.flink.streaming.runtime.streamrecord.RecordAttributes;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.runtime.watermarkstatus.StatusWatermarkValve;
import org.apache.flink.streaming.runtime.watermarkstatus.WatermarkStatus;
import org.apache.flink.streaming.util.OneInputStreamOperatorTestHarness;

/** The event time of an operator to which the tasks of its sources send over the network. */
final class Downstream {
  private final IndexedCombinedWatermarkStatus combined;
  private final StatusWatermarkValve[] inputs;

  /**
   * @param tasks of the source of each input
   */
  Downstream(int... tasks) {
    combined = IndexedCombinedWatermarkStatus.forInputsCount(tasks.length);
    inputs = new StatusWatermarkValve[tasks.length];
    for (int input = 0; input < tasks.length; input++) {
      inputs[input] = new StatusWatermarkValve(tasks[input]);
    }
  }

  /** Takes what a task has emitted since the last time. */
  void take(int input, int task, OneInputStreamOperatorTestHarness<?, ?> from) throws Exception {
    Combine output = new Combine(input);
    for (Object out : from.getOutput()) {
      if (out instanceof Watermark watermark) {
        inputs[input].inputWatermark(watermark, task, output);
      } else if (out instanceof WatermarkStatus status) {
        inputs[input].inputWatermarkStatus(status, task, output);
      }
    }
    from.getOutput().clear();
  }

  /** In epoch milliseconds. */
  long watermark() {
    return combined.getCombinedWatermark();
  }

  private final class Combine implements DataOutput<Object> {
    private final int input;

    Combine(int input) {
      this.input = input;
    }

    @Override
    public void emitWatermark(Watermark watermark) {
      combined.updateWatermark(input, watermark.getTimestamp());
    }

    @Override
    public void emitWatermarkStatus(WatermarkStatus status) {
      combined.updateStatus(input, status.isIdle());
    }

    @Override
    public void emitRecord(StreamRecord<Object> record) {
      throw new UnsupportedOperationException();
    }

    @Override
    public void emitLatencyMarker(LatencyMarker marker) {
      throw new UnsupportedOperationException();
    }

    @Override
    public void emitRecordAttributes(RecordAttributes attributes) {
      throw new UnsupportedOperationException();
    }

    @Override
    public void emitWatermark(WatermarkEvent event) {
      throw new UnsupportedOperationException();
    }
  }
}
