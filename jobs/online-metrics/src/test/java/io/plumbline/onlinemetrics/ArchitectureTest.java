package io.plumbline.onlinemetrics;

import io.plumbline.testing.JobArchitectureTest;

class ArchitectureTest extends JobArchitectureTest {}
