package io.wanspec.it;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** The shape of the house, over all modules: who may see whom (ARCHITECTURE.md says it), no circle of packages, no name twice. */
class ArchitectureTest {
    private static final String ROOT = "io.wanspec.";

    private static final JavaClasses PRODUCT = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .withImportOption(
                    location -> !location.contains("/io/wanspec/it/") && !location.contains("/io/wanspec/testing/"))
            .importPackages("io.wanspec");

    /** A row of the table of modules: its package, and the names of the modules it may see. */
    private record Row(String name, String packageName, Set<String> sees) {}

    private static final Map<String, Row> MODULES = readTable();

    @TestFactory
    Stream<DynamicTest> aModuleSeesOnlyWhatItMay() {
        return MODULES.values().stream().map(module -> dynamicTest(module.name(), () -> checkSight(module)));
    }

    @Test
    void everyClassBelongsToAModule() {
        assertThat(PRODUCT.stream().map(ArchitectureTest::packageOfModule).distinct())
                .containsExactlyInAnyOrderElementsOf(
                        MODULES.values().stream().map(Row::packageName).toList());
    }

    @Test
    void packagesFormNoCircle() {
        slices().assignedFrom(packages()).should().beFreeOfCycles().check(PRODUCT);
    }

    /** Functions out of one snapshot may draw the same from it: what must be different in each of them is drawn elsewhere. */
    @Test
    void nothingOfFunctionsButPausesIsDrawnFromWhatASnapshotKeeps() {
        noClasses()
                .that()
                .resideInAPackage(ROOT + "functions..")
                .and()
                .doNotHaveSimpleName("BusyBackoff")
                .and()
                .doNotHaveSimpleName("RecordWriter")
                .should()
                .dependOnClassesThat()
                .areAssignableTo(ThreadLocalRandom.class)
                .check(PRODUCT);
    }

    /** A name that stands for two things sends its reader to the wrong one. */
    @Test
    void noTwoClassesShareAName() {
        Map<String, Set<String>> places = new TreeMap<>();
        for (JavaClass type : PRODUCT) {
            // What annotation processors generate has a dollar in its name.
            boolean isOurs = type.isTopLevelClass() && !type.getName().contains("$");
            if (isOurs && !type.getSimpleName().equals("package-info")) {
                places.computeIfAbsent(type.getSimpleName(), name -> new TreeSet<>())
                        .add(type.getName());
            }
        }
        places.values().removeIf(names -> names.size() == 1);
        assertThat(places).isEmpty();
    }

    private static void checkSight(Row module) {
        String[] hidden = MODULES.values().stream()
                .filter(other -> !other.equals(module) && !module.sees().contains(other.name()))
                .map(other -> ROOT + other.packageName() + "..")
                .toArray(String[]::new);
        if (hidden.length > 0) {
            noClasses()
                    .that()
                    .resideInAPackage(ROOT + module.packageName() + "..")
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage(hidden)
                    .check(PRODUCT);
        }
    }

    private static String packageOfModule(JavaClass type) {
        String rest = type.getPackageName().substring(ROOT.length());
        return rest.contains(".") ? rest.substring(0, rest.indexOf('.')) : rest;
    }

    /** The rows that begin with a module's name and its package; the table is the rule, so that it can't go stale. */
    private static Map<String, Row> readTable() {
        Pattern row = Pattern.compile("\\| `([a-z-]+)` \\| `([a-z]+)` \\|[^|]*\\|([^|]*)\\|");
        Map<String, Row> modules = new TreeMap<>();
        for (String line : lines(Path.of("..", "ARCHITECTURE.md"))) {
            Matcher matcher = row.matcher(line);
            if (matcher.matches()) {
                Set<String> sees = Pattern.compile("`([a-z-]+)`")
                        .matcher(matcher.group(3))
                        .results()
                        .map(name -> name.group(1))
                        .collect(Collectors.toSet());
                modules.put(matcher.group(1), new Row(matcher.group(1), matcher.group(2), sees));
            }
        }
        return modules;
    }

    private static List<String> lines(Path file) {
        try {
            return Files.readAllLines(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static SliceAssignment packages() {
        return new SliceAssignment() {
            @Override
            public SliceIdentifier getIdentifierOf(JavaClass type) {
                return type.getPackageName().startsWith(ROOT)
                        ? SliceIdentifier.of(type.getPackageName())
                        : SliceIdentifier.ignore();
            }

            @Override
            public String getDescription() {
                return "packages";
            }
        };
    }
}
