package io.plumbline.archive;

import io.plumbline.testing.JobArchitectureTest;

class ArchitectureTest extends JobArchitectureTest {}
