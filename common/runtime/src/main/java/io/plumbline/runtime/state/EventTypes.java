package io.plumbline.runtime.state;

import io.plumbline.events.Answer;
import io.plumbline.events.AnswerForm;
import io.plumbline.events.FeatureValue;
import io.plumbline.events.FeatureValueForm;
import io.plumbline.events.Label;
import io.plumbline.events.LabelForm;
import io.plumbline.events.Prediction;
import io.plumbline.events.PredictionForm;
import org.apache.flink.api.common.typeinfo.TypeInformation;

/** How Flink writes the events that the jobs read. */
public final class EventTypes {
  public static final TypeInformation<Prediction> PREDICTION =
      new BinaryTypeInfo<>(Prediction.class, PredictionForm.class);

  public static final TypeInformation<Answer> ANSWER =
      new BinaryTypeInfo<>(Answer.class, AnswerForm.class);

  public static final TypeInformation<Label> LABEL =
      new BinaryTypeInfo<>(Label.class, LabelForm.class);

  public static final TypeInformation<FeatureValue> FEATURE_VALUE =
      new BinaryTypeInfo<>(FeatureValue.class, FeatureValueForm.class);

  private EventTypes() {}
}
