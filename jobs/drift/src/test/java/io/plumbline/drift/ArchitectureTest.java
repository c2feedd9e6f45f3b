package io.plumbline.drift;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import io.plumbline.testing.JobArchitectureTest;
import org.junit.jupiter.api.Test;

class ArchitectureTest extends JobArchitectureTest {
  @Test
  void verdictsKnowNothingOfFlink() {
    noClasses()
        .that()
        .resideInAnyPackage("..drift.verdict..", "..drift.compare..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("org.apache.flink..", "org.apache.parquet..")
        .check(classes());
  }
}
