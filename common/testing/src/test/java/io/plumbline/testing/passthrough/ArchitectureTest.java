package io.plumbline.testing.passthrough;

import io.plumbline.testing.JobArchitectureTest;

class ArchitectureTest extends JobArchitectureTest {}
