package io.plumbline.archive;

import io.plumbline.runtime.config.PlumblineConfig;
import io.plumbline.runtime.control.ControlChange;
import io.plumbline.runtime.ingest.Ingested;
import io.plumbline.runtime.ingest.Malformed;
import org.apache.flink.api.common.functions.MapFunction;

/** Makes a row of each change by control that the jobs take: by the others nothing was changed. */
final class ControlRows implements MapFunction<Ingested<ControlChange>, Ingested<ResultState>> {
  private final RowDecoder rows = new RowDecoder(ArchiveTable.CONTROL);
  private final RowTimes times;

  ControlRows(PlumblineConfig config) {
    times = new RowTimes(config);
  }

  @Override
  public Ingested<ResultState> map(Ingested<ControlChange> change) {
    if (change.event() == null) {
      return change.refusedAs();
    }
    try {
      return times.checked(change.as(rows.decode(change.bytes())));
    } catch (Malformed e) {
      return change.refused(e.getMessage()).refusedAs();
    }
  }
}
