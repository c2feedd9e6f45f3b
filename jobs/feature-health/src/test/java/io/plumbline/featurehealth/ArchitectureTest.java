package io.plumbline.featurehealth;

import io.plumbline.testing.JobArchitectureTest;

class ArchitectureTest extends JobArchitectureTest {}
