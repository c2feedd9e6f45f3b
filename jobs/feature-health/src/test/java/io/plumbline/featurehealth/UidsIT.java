package io.plumbline.featurehealth;

import io.plumbline.testing.JobUidsIT;

class UidsIT extends JobUidsIT {
  UidsIT() {
    super("feature-health", FeatureHealthJob::define);
  }
}
