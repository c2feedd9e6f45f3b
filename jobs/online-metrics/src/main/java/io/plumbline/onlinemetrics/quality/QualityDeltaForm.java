package io.plumbline.onlinemetrics.quality;

import io.plumbline.events.BinaryForm;
import io.plumbline.events.Prediction.Role;
import io.plumbline.events.Wire;
import io.plumbline.runtime.config.ModelConfig.Task;
import io.plumbline.runtime.window.Window;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/** Parts of windows as bytes. */
public final class QualityDeltaForm implements BinaryForm<QualityDelta> {
  private static final int VERSION = 1;

  private static final int SHADOW = 1;
  private static final int PAIR = 1 << 1;
  private static final int TASK_SHIFT = 2;

  private static final int NO_TASK = 0;
  private static final int BINARY = 1;
  private static final int MULTICLASS = 2;
  private static final int REGRESSION = 3;

  @Override
  public void write(QualityDelta delta, DataOutput out) throws IOException {
    QualityKey key = delta.key();
    out.writeByte(VERSION);
    out.writeByte(
        (key.role() == Role.SHADOW ? SHADOW : 0)
            | (key.isPair() ? PAIR : 0)
            | code(key.task()) << TASK_SHIFT);
    Wire.writeShort(key.model(), out);
    Wire.writeShort(key.version(), out);
    Wire.writeShort(key.segment(), out);
    if (key.isPair()) {
      Wire.writeShort(key.against(), out);
    }
    out.writeLong(key.window().start());
    Wire.writeSmall(key.window().length(), out);
    delta.content().writeTo(out);
  }

  private static int code(Task task) {
    if (task == null) {
      return NO_TASK;
    }
    return switch (task) {
      case BINARY -> BINARY;
      case MULTICLASS -> MULTICLASS;
      case REGRESSION -> REGRESSION;
    };
  }

  @Override
  public QualityDelta read(DataInput in) throws IOException {
    BinaryForm.requireVersion(VERSION, in);
    int flags = in.readUnsignedByte();
    Task task = task(flags >> TASK_SHIFT);
    String model = Wire.readShort(in);
    String version = Wire.readShort(in);
    String segment = Wire.readShort(in);
    String against = (flags & PAIR) == 0 ? null : Wire.readShort(in);
    Window window = new Window(in.readLong(), Wire.readSmall(in));
    Role role = (flags & SHADOW) == 0 ? Role.CHAMPION : Role.SHADOW;
    QualityKey key = new QualityKey(model, version, role, task, segment, against, window);
    return new QualityDelta(key, WindowContent.readFrom(key.shape(), in));
  }

  private static Task task(int code) throws IOException {
    return switch (code) {
      case NO_TASK -> null;
      case BINARY -> Task.BINARY;
      case MULTICLASS -> Task.MULTICLASS;
      case REGRESSION -> Task.REGRESSION;
      default -> throw new IOException("expected a task of 0 to 3, found " + code);
    };
  }
}
