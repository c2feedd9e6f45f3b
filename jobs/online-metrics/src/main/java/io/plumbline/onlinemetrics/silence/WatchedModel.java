package io.plumbline.onlinemetrics.silence;

import io.plumbline.events.BinaryForm;
import io.plumbline.events.Wire;
import io.plumbline.runtime.config.ModelConfig;
import io.plumbline.runtime.control.Announcer;
import io.plumbline.runtime.state.BinaryTypeInfo;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.common.typeinfo.TypeInformation;

/**
 * What is to be known of a model to notice that it is silent.
 *
 * @param maxSilence milliseconds without a prediction after which it is silent
 * @param window length of the windows of its points, in milliseconds
 * @param versions that are expected to speak
 */
public record WatchedModel(long maxSilence, long window, List<Version> versions) {
  /** How Flink writes it. */
  static final TypeInformation<WatchedModel> TYPE =
      new BinaryTypeInfo<>(WatchedModel.class, Form.class);

  /** Of a model without windows of its own. */
  private static final Duration STANDARD_WINDOW = Duration.ofMinutes(1);

  /** A version that is not retired. */
  public record Version(String name, boolean isShadow) {}

  /**
   * Those that hold, by name, without models of which all versions are retired.
   *
   * @param file its models, over which goes what control says
   */
  static Announcer.Entries<WatchedModel> among(List<ModelConfig> file) {
    return overrides -> {
      Map<String, WatchedModel> watched = new LinkedHashMap<>();
      for (ModelConfig model : overrides.models(file)) {
        WatchedModel one = of(model);
        if (!one.versions.isEmpty() || model.versions().isEmpty()) {
          watched.put(model.name(), one);
        }
      }
      return watched;
    };
  }

  private static WatchedModel of(ModelConfig model) {
    return new WatchedModel(
        model.maxSilence().toMillis(),
        model.healthWindows().stream()
            .min(Comparator.naturalOrder())
            .orElse(STANDARD_WINDOW)
            .toMillis(),
        model.versions().stream()
            .filter(version -> version.role() != ModelConfig.Role.RETIRED)
            .map(
                version ->
                    new Version(version.version(), version.role() == ModelConfig.Role.SHADOW))
            .toList());
  }

  /** Its bytes. */
  public static final class Form implements BinaryForm<WatchedModel> {
    private static final int VERSION = 1;

    @Override
    public void write(WatchedModel model, DataOutput out) throws IOException {
      out.writeByte(VERSION);
      out.writeLong(model.maxSilence);
      out.writeLong(model.window);
      Wire.writeSmall(model.versions.size(), out);
      for (Version version : model.versions) {
        Wire.writeShort(version.name, out);
        out.writeBoolean(version.isShadow);
      }
    }

    @Override
    public WatchedModel read(DataInput in) throws IOException {
      BinaryForm.requireVersion(VERSION, in);
      long maxSilence = in.readLong();
      long window = in.readLong();
      int size = (int) Wire.readSmall(in);
      List<Version> versions = new ArrayList<>(size);
      for (int i = 0; i < size; i++) {
        versions.add(new Version(Wire.readShort(in), in.readBoolean()));
      }
      return new WatchedModel(maxSilence, window, versions);
    }
  }
}
