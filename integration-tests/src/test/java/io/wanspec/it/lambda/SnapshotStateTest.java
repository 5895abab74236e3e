package io.wanspec.it.lambda;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noFields;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Executor;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.SdkClient;

/** What would be in a snapshot although every part of the function is closed: static fields. */
final class SnapshotStateTest {
    private static final List<Class<?>> STATE =
            List.of(Random.class, UUID.class, Instant.class, Clock.class, Executor.class, SdkClient.class);

    /** Two of the API, which has no snapshots, and a thread that has nothing to do while there is no link. */
    private static final Set<String> ALLOWED = Set.of("RequestReader.SEEDS", "Obfuscation.RANDOM", "LinkTimers.TIMERS");

    @Test
    void noStaticFieldHoldsWhatTwoFunctionsMustNotShare() {
        noFields()
                .that()
                .areStatic()
                .and(notAllowed())
                .should()
                .haveRawType(state())
                .check(new ClassFileImporter()
                        .withImportOption(new ImportOption.DoNotIncludeTests())
                        .importPackages("io.wanspec.functions", "io.wanspec.controller", "io.wanspec.contracts"));
    }

    private static DescribedPredicate<JavaField> notAllowed() {
        return DescribedPredicate.describe(
                "are not known to be harmless",
                field -> !ALLOWED.contains(field.getOwner().getSimpleName() + "." + field.getName()));
    }

    private static DescribedPredicate<JavaClass> state() {
        return DescribedPredicate.describe(
                "clocks, random state, ids, counters, threads, clients",
                type -> type.getPackageName().equals("java.util.concurrent.atomic")
                        || STATE.stream().anyMatch(type::isAssignableTo));
    }
}
