package io.plumbline.featurehealth.tally;

import io.plumbline.events.BinaryForm;
import io.plumbline.events.Wire;
import io.plumbline.runtime.expectation.Expectation;
import io.plumbline.runtime.window.Window;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Map;

/** Blocks as bytes, between tasks and in state. */
public final class FeatureBlockForm implements BinaryForm<FeatureBlock> {
  private static final int VERSION = 1;

  @Override
  public void write(FeatureBlock block, DataOutput out) throws IOException {
    out.writeByte(VERSION);
    Wire.writeText(block.model(), out);
    Wire.writeText(block.modelVersion(), out);
    Wire.writeText(block.segment(), out);
    out.writeInt(block.block());
    out.writeLong(block.window().start());
    out.writeLong(block.window().length());
    out.writeLong(block.rowsWithoutRoom());
    out.writeInt(block.features().size());
    for (Map.Entry<String, FeatureBlock.Entry> feature : block.features().entrySet()) {
      Wire.writeText(feature.getKey(), out);
      feature.getValue().expected().writeTo(out);
      out.writeBoolean(feature.getValue().named());
      feature.getValue().tally().writeTo(out);
    }
  }

  @Override
  public FeatureBlock read(DataInput in) throws IOException {
    BinaryForm.requireVersion(VERSION, in);
    FeatureBlock block =
        new FeatureBlock(
            Wire.readText(in),
            Wire.readText(in),
            Wire.readText(in),
            in.readInt(),
            new Window(in.readLong(), in.readLong()));
    block.addRowsWithoutRoom(in.readLong());
    for (int left = in.readInt(); left > 0; left--) {
      String name = Wire.readText(in);
      Expectation expected = Expectation.readFrom(in);
      boolean named = in.readBoolean();
      FeatureTally tally = FeatureTally.readFrom(in, expected.bounds());
      block.put(name, new FeatureBlock.Entry(expected, named, tally));
    }
    return block;
  }
}
