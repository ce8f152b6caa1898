package io.flywatch.system;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDateTime;

/** The layout that lets a reader find a thing where its name says. */
@AnalyzeClasses(packages = "io.flywatch", importOptions = DoNotIncludeTests.class)
class LayoutTest {

    private static final String[] SERVICES = {
        "io.flywatch.runner", "io.flywatch.cdc", "io.flywatch.anomaly", "io.flywatch.alerts"
    };

    private static final DescribedPredicate<JavaClass> IDEAS = resideInAnyPackage(
                    "io.flywatch.runner..", "io.flywatch.cdc..", "io.flywatch.anomaly..", "io.flywatch.alerts..")
            .and(not(resideInAPackage("io.flywatch.*.adapter..")))
            .and(not(resideInAnyPackage(SERVICES)))
            // Changes in Java are written against the driver that their authors know.
            .and(not(resideInAPackage("io.flywatch.runner.change..")))
            .as("idea packages");

    @ArchTest
    static final ArchRule ideasAreFreeOfTechnology = noClasses()
            .that(IDEAS)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "io.quarkus..",
                    "jakarta..",
                    "org.eclipse.microprofile..",
                    "io.smallrye..",
                    "io.vertx..",
                    "io.micrometer..",
                    "org.apache.kafka..",
                    "com.mongodb..",
                    "java.sql..",
                    "javax.sql..",
                    "java.net.http..",
                    "org.hibernate..")
            .because("a decision that knows no technology is tested in milliseconds and outlives the technology");

    @ArchTest
    static final ArchRule ideasTakeTheTimeAsAnArgument = noClasses()
            .that(IDEAS)
            .should()
            .callMethod(Instant.class, "now")
            .orShould()
            .callMethod(LocalDateTime.class, "now")
            .orShould()
            .callMethod(Clock.class, "systemUTC")
            .orShould()
            .callMethod(System.class, "currentTimeMillis")
            .orShould()
            .callMethod(System.class, "nanoTime")
            .because("time that is read inside a rule can't be replayed");

    @ArchTest
    static final ArchRule ideasDoNotKnowAdapters = noClasses()
            .that(IDEAS)
            .should()
            .dependOnClassesThat()
            .resideInAPackage("io.flywatch.*.adapter..")
            .because("adapters depend on ideas, never the other way round");

    @ArchTest
    static final ArchRule servicesDoNotKnowEachOther = slices().matching("io.flywatch.(runner|cdc|anomaly|alerts)..")
            .should()
            .notDependOnEachOther()
            .because("each service can be replaced alone; they share the contract and nothing else");

    @ArchTest
    static final ArchRule theContractHasNoFramework = classes()
            .that()
            .resideInAPackage("io.flywatch.events..")
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage(
                    "io.flywatch.events..",
                    "java..",
                    "com.fasterxml.jackson.annotation..",
                    "org.jspecify.annotations..")
            .because("whoever reads our topics must not inherit our choice of framework");

    @ArchTest
    static final ArchRule noBuckets = noClasses()
            .that()
            .resideInAPackage("io.flywatch..")
            .should()
            .resideInAnyPackage(
                    "..domain..", "..service..", "..util..", "..common..", "..model..", "..dto..", "..impl..")
            .because("a package is named after an idea, not after a sort of class");

    @ArchTest
    static final ArchRule noEmptyWordsInNames = noClasses()
            .that()
            .resideInAPackage("io.flywatch..")
            .should()
            .haveSimpleNameEndingWith("Impl")
            .orShould()
            .haveSimpleNameEndingWith("Manager")
            .orShould()
            .haveSimpleNameEndingWith("Helper")
            .orShould()
            .haveSimpleNameStartingWith("Abstract")
            .because("a name says what a thing is for");
}
