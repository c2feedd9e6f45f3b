package io.plumbline.onlinemetrics.model;

import io.plumbline.onlinemetrics.model.ModelsBase.Effective;
import io.plumbline.profile.ModelVersion;
import io.plumbline.profile.ReferenceProfiles;
import io.plumbline.profile.VersionProfiles;
import io.plumbline.runtime.control.ControlSnapshot;
import io.plumbline.runtime.control.ViewFactory.Views;
import java.util.List;
import java.util.Map;

/** Makes views of the file, control, and the reference profiles that were read until then. */
final class ModelsComposer implements Views<KnownModels> {
  private final ModelsBase base;
  private final VersionProfiles<Map<String, List<String>>> profiles;
  private Effective holds;
  private Map<ModelVersion, Map<String, List<String>>> segments;
  private KnownModels current;

  ModelsComposer(ModelsBase base, ReferenceProfiles<Map<String, List<String>>> profiles) {
    this.base = base;
    this.profiles = new VersionProfiles<>(profiles);
  }

  @Override
  public KnownModels of(ControlSnapshot control) {
    Effective nowHolds = base.with(control);
    Map<ModelVersion, Map<String, List<String>>> nowSegments =
        profiles.of(ModelVersion.references(nowHolds.models()));
    // A silence, say, changes nothing here, and nobody is to look everything up again for it.
    if (!nowHolds.equals(holds) || !nowSegments.equals(segments)) {
      holds = nowHolds;
      segments = nowSegments;
      current = base.known(holds, segments);
    }
    return current;
  }

  @Override
  public boolean isComplete() {
    return profiles.isComplete();
  }

  @Override
  public void close() {
    profiles.close();
  }
}
