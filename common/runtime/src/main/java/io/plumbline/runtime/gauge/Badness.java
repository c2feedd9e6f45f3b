package io.plumbline.runtime.gauge;

import io.plumbline.events.MetricPoint;
import java.io.Serializable;

/** How bad a point is, so that the worst series can be shown where there is no room for all. */
@FunctionalInterface
public interface Badness extends Serializable {
  /** Of a series that is not shown at all. */
  double NOT_SHOWN = -1;

  /** 0: as good as can be, 1: as bad as can be; {@link #NOT_SHOWN} if that cannot be said. */
  double of(MetricPoint point);
}
