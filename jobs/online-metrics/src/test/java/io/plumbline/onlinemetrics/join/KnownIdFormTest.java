package io.plumbline.onlinemetrics.join;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.plumbline.events.BinaryForm;
import io.plumbline.events.Prediction.Role;
import io.plumbline.onlinemetrics.model.BinaryClass;
import io.plumbline.onlinemetrics.model.ClassRule;
import io.plumbline.runtime.config.ModelConfig.Task;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.junit.jupiter.api.Test;

/** What the join keeps and gives is read back as it was written. */
class KnownIdFormTest {
  private static final long NOON = 1_764_072_000_000L;

  private final KnownIdForm ids = new KnownIdForm();
  private final JoinedForm joined = new JoinedForm();

  private static <T> T throughBytes(BinaryForm<T> form, T value) throws IOException {
    DataOutputSerializer out = new DataOutputSerializer(64);
    form.write(value, out);
    DataInputDeserializer in = new DataInputDeserializer(out.getCopyOfBuffer());
    T read = form.read(in);
    assertThat(in.available()).isZero();
    return read;
  }

  /** One of each kind. */
  private static List<KeptPrediction> predictions() {
    List<KeptPrediction> all = new ArrayList<>();
    for (Role role : Role.values()) {
      for (ClassRule classes :
          List.of(
              ClassRule.STANDARD,
              new ClassRule("bad", null),
              new ClassRule(null, "-1"),
              new ClassRule("bad", "good"))) {
        ServedVersion served = new ServedVersion("credit", "v3", role, Task.BINARY, 5, classes);
        all.add(of(served, 0.25, BinaryClass.POSITIVE, null, null));
        all.add(of(served, 0.75, BinaryClass.NEGATIVE, null, null));
        all.add(of(served, Double.NaN, null, null, null));
      }
      ServedVersion topic = new ServedVersion("topic", "é", role, Task.MULTICLASS, 1L << 40, null);
      ClassScores scores = ClassScores.of(Map.of("b", 0.5, "a", 0.0, "", 0.5));
      all.add(of(topic, Double.NaN, null, "a", scores));
      all.add(of(topic, Double.NaN, null, null, null));
      all.add(
          of(
              new ServedVersion("price", "1", role, Task.REGRESSION, 1, null),
              -7,
              null,
              null,
              null));
      all.add(of(new ServedVersion("x", "1", role, null, 1, null), Double.NaN, null, null, null));
    }
    return all;
  }

  private static KeptPrediction of(
      ServedVersion served,
      double output,
      BinaryClass predictedClass,
      String predictedLabel,
      ClassScores scores) {
    return new KeptPrediction(
        served,
        List.of("country=DE", "tier=\"\"", "city=__other__"),
        NOON,
        Double.isNaN(output),
        output,
        predictedClass,
        predictedLabel,
        scores);
  }

  @Test
  void whatIsKnownOfAnIdIsReadBack() throws IOException {
    List<KeptLabel> labels =
        List.of(
            new KeptLabel(NOON, "1", true, false, 0, 0),
            new KeptLabel(-5, "", false, true, 1 << 20, 1L << 50));
    KnownId waiting = new KnownId(List.of(), labels, "an id", 1L << 40);
    assertThat(throughBytes(ids, waiting)).isEqualTo(waiting);
    for (KeptPrediction prediction : predictions()) {
      KnownId known = new KnownId(List.of(prediction, prediction), labels, null, 0);
      assertThat(throughBytes(ids, known)).isEqualTo(known);
      KnownId alone = new KnownId(List.of(prediction), List.of(), null, 0);
      assertThat(throughBytes(ids, alone)).isEqualTo(alone);
    }
  }

  @Test
  void whatPredictionsHaveInCommonIsOneObjectAgain() throws IOException {
    KnownId known = new KnownId(List.of(predictions().get(0)), List.of(), null, 0);
    KnownId first = throughBytes(ids, known);
    KnownId second = throughBytes(ids, known);
    assertThat(second.predictions().get(0).served()).isSameAs(first.predictions().get(0).served());
  }

  @Test
  void changesAreReadBack() throws IOException {
    Truth truth = new Truth(NOON, "1", BinaryClass.POSITIVE, Double.NaN);
    Labelling labelling = new Labelling(truth, 300, 2);
    for (KeptPrediction prediction : predictions()) {
      for (Joined change :
          List.of(
              new Joined(prediction, null, null, Labelling.NONE),
              new Joined(prediction, null, Labelling.NONE, labelling),
              new Joined(prediction, prediction, labelling, Labelling.NONE),
              new Joined(
                  prediction,
                  null,
                  new Labelling(new Truth(1, "0", BinaryClass.NEGATIVE, Double.NaN), 0, 0),
                  new Labelling(new Truth(2, "1.5", null, 1.5), 1, 0)))) {
        assertThat(throughBytes(joined, change)).isEqualTo(change);
      }
    }
  }

  @Test
  void aVersionThatIsNotKnownIsAnError() {
    assertThatThrownBy(() -> ids.read(new DataInputDeserializer(new byte[] {2})))
        .isInstanceOf(IOException.class)
        .hasMessage("expected an event of version 1 to 1, found 2");
  }
}
