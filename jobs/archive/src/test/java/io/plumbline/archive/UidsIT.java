package io.plumbline.archive;

import io.plumbline.testing.JobUidsIT;

class UidsIT extends JobUidsIT {
  UidsIT() {
    super("archive", ArchiveJob::define);
  }
}
