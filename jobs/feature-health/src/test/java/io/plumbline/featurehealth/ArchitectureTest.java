package io.plumbline.featurehealth;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import io.plumbline.testing.JobArchitectureTest;
import org.junit.jupiter.api.Test;

class ArchitectureTest extends JobArchitectureTest {
  @Test
  void judgementsKnowNothingOfFlink() {
    noClasses()
        .that()
        .resideInAPackage("..featurehealth.check..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("org.apache.flink..")
        .check(classes());
  }
}
