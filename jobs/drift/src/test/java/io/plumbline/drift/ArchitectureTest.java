package io.plumbline.drift;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Date;

@AnalyzeClasses(
    packages = {
      "io.plumbline.drift",
      "io.plumbline.stats",
      "io.plumbline.runtime",
      "io.plumbline.events"
    },
    importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
  @ArchTest
  static final ArchRule PACKAGES_HAVE_NO_CYCLES =
      slices().matching("io.plumbline.(**)").should().beFreeOfCycles();

  @ArchTest
  static final ArchRule VERDICTS_KNOW_NOTHING_OF_FLINK =
      noClasses()
          .that()
          .resideInAnyPackage("..drift.verdict..", "..drift.compare..", "..stats..", "..events..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("org.apache.flink..", "org.apache.parquet..");

  /** Others' relocated copies change without notice; old dates are mutable and know no zone. */
  @ArchTest
  static final ArchRule NO_BORROWED_COPIES_AND_NO_OLD_DATES =
      noClasses()
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("org.apache.flink.shaded..", "shaded..", "..shaded..")
          .orShould()
          .dependOnClassesThat()
          .areAssignableTo(Date.class);

  @ArchTest
  static final ArchRule TIME_COMES_FROM_OUTSIDE =
      noClasses()
          .should()
          .callMethod(System.class, "currentTimeMillis")
          .orShould()
          .callMethod(Instant.class, "now")
          .orShould()
          .callMethod(LocalDate.class, "now");
}
