package io.plumbline.events;

import io.plumbline.events.Prediction.Role;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/** The role of a prediction as one byte. */
final class RoleForm {
  private static final int NONE = 0;
  private static final int CHAMPION = 1;
  private static final int SHADOW = 2;

  private RoleForm() {}

  /**
   * @param role null: the prediction has none of its own
   */
  static void write(Role role, DataOutput out) throws IOException {
    if (role == null) {
      out.writeByte(NONE);
      return;
    }
    out.writeByte(
        switch (role) {
          case CHAMPION -> CHAMPION;
          case SHADOW -> SHADOW;
        });
  }

  static Role read(DataInput in) throws IOException {
    int role = in.readUnsignedByte();
    return switch (role) {
      case NONE -> null;
      case CHAMPION -> Role.CHAMPION;
      case SHADOW -> Role.SHADOW;
      default -> throw new IOException("expected a role of 0 to 2, found " + role);
    };
  }
}
