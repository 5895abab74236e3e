package io.wanspec.endpoints;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

/** Which package may see which: none in a circle, and the model sees nothing of links and servers. */
class PackagesTest {
    private static final JavaClasses ENDPOINTS = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("io.wanspec.endpoints");

    @Test
    void noCircles() {
        slices().matching("io.wanspec.endpoints.(**)").should().beFreeOfCycles().check(ENDPOINTS);
    }

    @Test
    void theProgramIsOnTop() {
        noClasses()
                .that()
                .resideInAPackage("io.wanspec.endpoints.*..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("io.wanspec.endpoints")
                .check(ENDPOINTS);
    }

    @Test
    void theModelKnowsNothingOfLinks() {
        noClasses()
                .that()
                .resideInAPackage("io.wanspec.endpoints.model..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "io.wanspec.endpoints.compute..",
                        "io.wanspec.endpoints.server..",
                        "io.wanspec.endpoints.verification..",
                        "io.wanspec.endpoints.draft..",
                        "io.wanspec.contracts.frame..",
                        "io.netty..")
                .check(ENDPOINTS);
    }
}
