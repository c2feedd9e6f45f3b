package io.plumbline.runtime.config;

import io.plumbline.runtime.config.binding.Limits.AsWritten;

/** How urgent an alert is: P0 at once, P1 in working hours, P2 a ticket, P3 information. */
@AsWritten
public enum Priority {
  P0,
  P1,
  P2,
  P3
}
