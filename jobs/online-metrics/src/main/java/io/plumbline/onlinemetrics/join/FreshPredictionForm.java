package io.plumbline.onlinemetrics.join;

import io.plumbline.events.AnswerForm;
import io.plumbline.events.BinaryForm;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/** Predictions that come for the first time, as bytes. */
public final class FreshPredictionForm implements BinaryForm<FreshPrediction> {
  private static final int VERSION = 1;

  private final AnswerForm answers = new AnswerForm();
  private final TextsForm segments = new TextsForm();

  @Override
  public void write(FreshPrediction fresh, DataOutput out) throws IOException {
    out.writeByte(VERSION);
    answers.write(fresh.answer(), out);
    segments.write(fresh.segments(), out);
  }

  @Override
  public FreshPrediction read(DataInput in) throws IOException {
    BinaryForm.requireVersion(VERSION, in);
    return new FreshPrediction(answers.read(in), segments.read(in));
  }
}
