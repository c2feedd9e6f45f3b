package io.plumbline.testing.passthrough;

import io.plumbline.testing.JobUidsIT;

class UidsIT extends JobUidsIT {
  UidsIT() {
    super(PassThroughJob.NAME, PassThroughJob::define);
  }
}
