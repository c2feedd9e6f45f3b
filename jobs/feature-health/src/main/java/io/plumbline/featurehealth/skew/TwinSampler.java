package io.plumbline.featurehealth.skew;

import io.plumbline.events.FeatureValue;
import io.plumbline.events.Value;
import io.plumbline.events.ValueKind;
import io.plumbline.featurehealth.registry.RegistryView;
import io.plumbline.runtime.config.FeatureConfig;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import org.apache.commons.codec.digest.MurmurHash3;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.functions.RichFlatMapFunction;
import org.apache.flink.util.Collector;

/**
 * Takes the values of a share of the entities of each feature that is watched for skew: by a hash
 * of the entity, so that both twins of a pair are taken or none.
 */
public final class TwinSampler extends RichFlatMapFunction<FeatureValue, Twin> {
  /** Of a text as it is kept until its twin comes. */
  private static final int MOST_LETTERS = 256;

  private final RegistryView view;

  /**
   * @param view of the registry, which says what is watched and how
   */
  public TwinSampler(RegistryView view) {
    this.view = view;
  }

  @Override
  public void open(OpenContext context) {
    view.open();
  }

  @Override
  public void close() throws InterruptedException {
    view.close();
  }

  @Override
  public void flatMap(FeatureValue event, Collector<Twin> out) {
    if (event.origin() == null) {
      return;
    }
    Optional<FeatureConfig.Consistency> watched = view.current().consistency(event.feature());
    if (watched.isPresent() && isSampled(event.entityId(), watched.get().sample())) {
      out.collect(twin(event, watched.get()));
    }
  }

  /** Whether the hash, as a share of all hashes, is below the sample. */
  static boolean isSampled(String entity, double sample) {
    long hash = MurmurHash3.hash128x64(entity.getBytes(StandardCharsets.UTF_8))[0];
    return (hash >>> 11) * 0x1p-53 < sample;
  }

  private static Twin twin(FeatureValue event, FeatureConfig.Consistency watched) {
    Value value = event.value();
    int kind =
        value.kind().isNumber()
            ? Twin.NUMBER
            : value.kind() == ValueKind.NULL || value.kind() == ValueKind.ABSENT
                ? Twin.MISSING
                : Twin.TEXT;
    return new Twin(
        event.feature(),
        event.entityId(),
        event.eventTime(),
        event.origin() == FeatureValue.Origin.ONLINE,
        kind,
        kind == Twin.NUMBER ? value.number() : 0,
        kind == Twin.TEXT ? text(value) : null,
        watched.tolerance(),
        watched.relative());
  }

  /** Whether two are the same is all that is asked: of long ones a hash says it. */
  private static String text(Value value) {
    String text =
        value.kind() == ValueKind.VECTOR ? Arrays.toString(value.vector()) : value.toString();
    return text.length() <= MOST_LETTERS
        ? text
        : Arrays.toString(MurmurHash3.hash128x64(text.getBytes(StandardCharsets.UTF_8)));
  }
}
