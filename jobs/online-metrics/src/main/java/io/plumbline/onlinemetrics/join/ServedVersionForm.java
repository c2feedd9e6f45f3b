package io.plumbline.onlinemetrics.join;

import io.plumbline.events.BinaryForm;
import io.plumbline.events.Prediction.Role;
import io.plumbline.events.Wire;
import io.plumbline.onlinemetrics.model.ClassRule;
import io.plumbline.runtime.config.ModelConfig.Task;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Versions as bytes, within what has a version of its layout. */
final class ServedVersionForm implements BinaryForm<ServedVersion> {
  private static final int SHADOW = 1;
  private static final int POSITIVE = 1 << 1;
  private static final int NEGATIVE = 1 << 2;
  private static final int TASK_SHIFT = 3;

  private static final int NO_TASK = 0;
  private static final int BINARY = 1;
  private static final int MULTICLASS = 2;
  private static final int REGRESSION = 3;

  @Override
  public void write(ServedVersion served, DataOutput out) throws IOException {
    ClassRule classes = served.classes();
    boolean hasPositive = classes != null && classes.positive() != null;
    boolean hasNegative = classes != null && classes.negative() != null;
    out.writeByte(
        (code(served.task()) << TASK_SHIFT)
            | (served.role() == Role.SHADOW ? SHADOW : 0)
            | (hasPositive ? POSITIVE : 0)
            | (hasNegative ? NEGATIVE : 0));
    Wire.writeShort(served.model(), out);
    Wire.writeShort(served.version(), out);
    Wire.writeSmall(served.horizon(), out);
    Wire.writeSmall(served.windows().size(), out);
    for (Long length : served.windows()) {
      Wire.writeSmall(length, out);
    }
    if (hasPositive) {
      Wire.writeShort(classes.positive(), out);
    }
    if (hasNegative) {
      Wire.writeShort(classes.negative(), out);
    }
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
  public ServedVersion read(DataInput in) throws IOException {
    int flags = in.readUnsignedByte();
    Task task = task(flags >> TASK_SHIFT);
    String model = Wire.readShort(in);
    String version = Wire.readShort(in);
    long horizon = Wire.readSmall(in);
    List<Long> windows = readWindows(in);
    String positive = (flags & POSITIVE) == 0 ? null : Wire.readShort(in);
    String negative = (flags & NEGATIVE) == 0 ? null : Wire.readShort(in);
    return new ServedVersion(
        model,
        version,
        (flags & SHADOW) == 0 ? Role.CHAMPION : Role.SHADOW,
        task,
        horizon,
        task == Task.BINARY ? new ClassRule(positive, negative) : null,
        windows);
  }

  private static List<Long> readWindows(DataInput in) throws IOException {
    int size = (int) Wire.readSmall(in);
    List<Long> windows = new ArrayList<>(size);
    for (int i = 0; i < size; i++) {
      windows.add(Wire.readSmall(in));
    }
    return windows;
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
