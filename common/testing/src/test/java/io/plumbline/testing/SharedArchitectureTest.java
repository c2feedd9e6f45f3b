package io.plumbline.testing;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import org.junit.jupiter.api.Test;

/** What jobs share keeps the rules of jobs. */
class SharedArchitectureTest extends JobArchitectureTest {
  SharedArchitectureTest() {
    super("io.plumbline.stats", "io.plumbline.events", "io.plumbline.runtime");
  }

  @Test
  void statisticsAndRecordsKnowNothingOfFlink() {
    noClasses()
        .that()
        .resideInAnyPackage("..stats..", "..events..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("org.apache.flink..", "org.apache.parquet..")
        .check(classes());
  }

  @Test
  void bindingKnowsNothingOfTheConfigsSections() {
    noClasses()
        .that()
        .resideInAPackage("io.plumbline.runtime.config.binding")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("io.plumbline.runtime.config", "org.apache.flink..")
        .check(classes());
  }
}
