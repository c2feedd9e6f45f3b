package io.plumbline.testing;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import org.junit.jupiter.api.Test;

/** What jobs share keeps the rules of jobs. */
class SharedArchitectureTest extends JobArchitectureTest {
  SharedArchitectureTest() {
    super(
        "io.plumbline.stats",
        "io.plumbline.events",
        "io.plumbline.runtime",
        "io.plumbline.parquet",
        "io.plumbline.profile");
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

  /** The nightly run holds values to expectations as streams do. */
  @Test
  void expectationsKnowNothingOfFlink() {
    noClasses()
        .that()
        .resideInAPackage("..runtime.expectation..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("org.apache.flink..")
        .check(classes());
  }

  /** Else every job would carry Parquet and Hadoop, whether or not it has to do with files. */
  @Test
  void whatEveryJobNeedsKnowsNothingOfParquet() {
    noClasses()
        .that()
        .resideOutsideOfPackages("io.plumbline.parquet..", "io.plumbline.profile..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "io.plumbline.parquet..",
            "io.plumbline.profile..",
            "org.apache.parquet..",
            "org.apache.hadoop..")
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
