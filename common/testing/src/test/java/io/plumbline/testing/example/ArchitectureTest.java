package io.plumbline.testing.example;

import io.plumbline.testing.JobArchitectureTest;

class ArchitectureTest extends JobArchitectureTest {}
