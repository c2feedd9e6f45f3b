package io.plumbline.onlinemetrics.quality;

import io.plumbline.events.BinaryForm;
import io.plumbline.runtime.state.BinaryTypeInfo;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import org.apache.flink.api.common.typeinfo.TypeInformation;

/**
 * What was last emitted of a window.
 *
 * @param computedAt of its points, in epoch milliseconds
 * @param made which {@link QualityMetric}s were points, as bits; of a pair the shadow's
 * @param ofChampion of a pair, the champion's
 */
record Emitted(long computedAt, long made, long ofChampion) {
  /** How Flink writes it. */
  static final TypeInformation<Emitted> TYPE = new BinaryTypeInfo<>(Emitted.class, Form.class);

  /** Nothing yet. */
  static final Emitted NOTHING = new Emitted(Long.MIN_VALUE, 0, 0);

  /** Bytes for the state. */
  public static final class Form implements BinaryForm<Emitted> {
    private static final int VERSION = 1;

    @Override
    public void write(Emitted emitted, DataOutput out) throws IOException {
      out.writeByte(VERSION);
      out.writeLong(emitted.computedAt);
      out.writeLong(emitted.made);
      out.writeLong(emitted.ofChampion);
    }

    @Override
    public Emitted read(DataInput in) throws IOException {
      BinaryForm.requireVersion(VERSION, in);
      return new Emitted(in.readLong(), in.readLong(), in.readLong());
    }
  }
}
