package io.plumbline.onlinemetrics.join;

import io.plumbline.events.BinaryForm;
import io.plumbline.events.Wire;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Texts as bytes, within what has a version of its layout. */
final class TextsForm implements BinaryForm<List<String>> {
  @Override
  public void write(List<String> texts, DataOutput out) throws IOException {
    Wire.writeSmall(texts.size(), out);
    for (String text : texts) {
      Wire.writeShort(text, out);
    }
  }

  @Override
  public List<String> read(DataInput in) throws IOException {
    int size = (int) Wire.readSmall(in);
    if (size == 0) {
      return List.of();
    }
    List<String> texts = new ArrayList<>(size);
    for (int i = 0; i < size; i++) {
      texts.add(Wire.readShort(in));
    }
    return texts;
  }
}
