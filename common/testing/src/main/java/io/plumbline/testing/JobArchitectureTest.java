package io.plumbline.testing;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackages;
import static com.tngtech.archunit.lang.conditions.ArchConditions.dependOnClassesThat;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.io.PrintWriter;
import java.time.Instant;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.Date;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** The rules that every job's own classes keep; a subclass adds those of its packages. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
public abstract class JobArchitectureTest {
  /** What jobs share. */
  private static final String[] SHARED = {
    "io.plumbline.stats..",
    "io.plumbline.events..",
    "io.plumbline.runtime..",
    "io.plumbline.parquet..",
    "io.plumbline.profile.."
  };

  private static final int MOST_CALLS_OF_MAIN = 20;

  private final String[] own;
  private final JavaClasses classes;

  /** Of the classes in the subclass's package and below. */
  protected JobArchitectureTest() {
    this.own = new String[] {getClass().getPackageName()};
    this.classes = imported(own);
  }

  /** Of the classes in some packages and below. */
  protected JobArchitectureTest(String... packages) {
    this.own = packages;
    this.classes = imported(packages);
  }

  private static JavaClasses imported(String... packages) {
    return new ClassFileImporter()
        .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
        .importPackages(packages);
  }

  /** Without those of tests. */
  protected final JavaClasses classes() {
    return classes;
  }

  @Test
  public final void packagesHaveNoCycles() {
    slices().matching("io.plumbline.(**)").should().beFreeOfCycles().check(classes);
  }

  /** Else the same input would not give the same results. */
  @Test
  public final void timeComesFromOutside() {
    noClasses()
        .should()
        .callMethod(System.class, "currentTimeMillis")
        .orShould()
        .callMethod(Instant.class, "now")
        .orShould()
        .callMethod(LocalDate.class, "now")
        .check(classes);
  }

  /**
   * Else what is parsed, hashed or written would differ from machine to machine. Numbers in texts
   * of results are {@code %s}: {@code %d} takes the digits of the locale.
   */
  @Test
  public final void theLocaleNeverDecides() {
    noClasses()
        .should()
        .callMethod(String.class, "toLowerCase")
        .orShould()
        .callMethod(String.class, "toUpperCase")
        .orShould()
        .callMethod(String.class, "format", String.class, Object[].class)
        .orShould()
        .callMethod(PrintWriter.class, "printf", String.class, Object[].class)
        .orShould()
        .callMethod(DateTimeFormatter.class, "ofPattern", String.class)
        .orShould()
        .callMethod(Locale.class, "getDefault")
        .check(classes);
  }

  /** What passes between jobs is a topic or a table. */
  @Test
  public final void noJobKnowsAnother() {
    String[] known =
        Stream.concat(Stream.of(SHARED), Stream.of(own).map(name -> name + ".."))
            .toArray(String[]::new);
    noClasses()
        .should(
            dependOnClassesThat(
                resideInAPackage("io.plumbline..").and(resideOutsideOfPackages(known))))
        .check(classes);
  }

  /** Others' relocated copies change without notice; old dates are mutable and know no zone. */
  @Test
  public final void noBorrowedCopiesAndNoOldDates() {
    noClasses()
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("org.apache.flink.shaded..", "shaded..", "..shaded..")
        .orShould()
        .dependOnClassesThat()
        .areAssignableTo(Date.class)
        .check(classes);
  }

  /** What a job is made of is in its definition, which tests call too. */
  @Test
  public final void mainOnlyLaunches() {
    methods()
        .that()
        .haveName("main")
        .should(
            new ArchCondition<JavaMethod>("make at most %d calls", MOST_CALLS_OF_MAIN) {
              @Override
              public void check(JavaMethod main, ConditionEvents events) {
                int calls = main.getCallsFromSelf().size();
                events.add(
                    new SimpleConditionEvent(
                        main,
                        calls <= MOST_CALLS_OF_MAIN,
                        main.getFullName() + " makes " + calls + " calls"));
              }
            })
        .allowEmptyShould(true)
        .check(classes);
  }
}
