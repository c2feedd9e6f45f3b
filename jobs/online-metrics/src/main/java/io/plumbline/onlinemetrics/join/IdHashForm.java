package io.plumbline.onlinemetrics.join;

import io.plumbline.events.BinaryForm;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/** Hashes as their 16 bytes and nothing else: there is one for each id in state, and in a list. */
public final class IdHashForm implements BinaryForm<IdHash> {
  @Override
  public void write(IdHash hash, DataOutput out) throws IOException {
    out.writeLong(hash.high());
    out.writeLong(hash.low());
  }

  @Override
  public IdHash read(DataInput in) throws IOException {
    return new IdHash(in.readLong(), in.readLong());
  }
}
