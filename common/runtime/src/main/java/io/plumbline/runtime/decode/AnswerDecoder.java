package io.plumbline.runtime.decode;

import io.plumbline.events.Answer;
import io.plumbline.runtime.ingest.Decoder;
import io.plumbline.runtime.ingest.Malformed;
import java.util.List;
import java.util.Map;

/** Reads {@code plumbline.predictions} without their features, but for those that are segments. */
public final class AnswerDecoder implements Decoder<Answer> {
  private final PredictionDecoder predictions;
  private final List<String> columns;

  /**
   * @param pointers to fields that a record holds elsewhere
   * @param columns whose values are an answer's segments
   */
  public AnswerDecoder(
      Map<String, String> pointers, int maxDepth, int maxFeatures, List<String> columns) {
    predictions = new PredictionDecoder(pointers, maxDepth, maxFeatures, Projection.of(columns));
    this.columns = List.copyOf(columns);
  }

  @Override
  public Answer decode(byte[] json) throws Malformed {
    return Answer.of(predictions.decode(json), columns);
  }
}
