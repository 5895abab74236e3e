package io.wanspec.functions.lambda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micronaut.context.ApplicationContextBuilder;
import io.wanspec.contracts.SessionId;
import io.wanspec.emulator.aws.SharedAwsEmulator;
import io.wanspec.emulator.wan.WanLink;
import io.wanspec.emulator.wan.WanProfile;
import io.wanspec.emulator.wan.WanSettings;
import io.wanspec.functions.EmulatedTables;
import io.wanspec.functions.Stage;
import io.wanspec.functions.store.Claim;
import io.wanspec.functions.store.SampleSessions;
import io.wanspec.functions.store.SessionStore;
import jakarta.inject.Inject;
import java.util.Map;
import org.crac.Core;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What hooks of SnapStart do, called as Lambda calls them. No snapshot is made: that is AWS's, and was not measured there. */
@Timeout(180)
class SnapshotHandlerTest {

    /** Claims sessions for an owner that it names. */
    static final class ClaimingFunction extends SnapshotHandler<String, String> {
        /** Set before one is made, which reads them while it is made. */
        private static Map<String, Object> settings = Map.of();

        @Inject
        @Nullable
        SessionStore store;

        @Override
        void rehearse() {
            execute("sess_rehearsal");
        }

        @Override
        public String execute(String session) {
            SessionStore found = Injected.of(store);
            found.queue(SampleSessions.request(session, SampleSessions.PROMPT));
            return ((Claim.Taken) found.claim(new SessionId(session)))
                    .record()
                    .head()
                    .lease()
                    .owner();
        }

        @Override
        protected ApplicationContextBuilder newApplicationContextBuilder() {
            return LambdaContexts.builder().properties(settings).singletons(Stage.CREDENTIALS);
        }
    }

    @Test
    void aFunctionOutOfASnapshotHasConnectionsAndANameOfItsOwn() throws Exception {
        try (WanLink wire = WanLink.open(WanSettings.of(SharedAwsEmulator.endpoint(), WanProfile.NONE, 1))) {
            ClaimingFunction.settings = Map.copyOf(NowhereSettings.of(EmulatedTables.fresh("snapshots"), wire.uri()));
            var function = new ClaimingFunction();
            SessionStore before = Injected.of(function.store);
            String owner = function.execute("sess_before");

            function.beforeCheckpoint(Core.getGlobalContext());

            while (wire.open() > 0) {
                Thread.sleep(10);
            }
            assertThat(function.getApplicationContext().isRunning()).isFalse();
            long connections = wire.counts().connections();

            function.afterRestore(Core.getGlobalContext());

            assertThat(function.store).isNotSameAs(before);
            assertThat(process(function.execute("sess_after"))).isNotEqualTo(process(owner));
            assertThat(wire.counts().connections()).isGreaterThan(connections);
            function.close();
        }
    }

    @Test
    void aRehearsalThatFailsDoesNotKeepAFunctionFromItsSnapshot() throws Exception {
        String table = EmulatedTables.fresh("snapshots");
        try (WanLink wire = WanLink.open(WanSettings.of(SharedAwsEmulator.endpoint(), WanProfile.NONE, 1))) {
            ClaimingFunction.settings = Map.copyOf(NowhereSettings.of(table, wire.uri()));
            var function = new ClaimingFunction();
            wire.cut();
            assertThatThrownBy(function::rehearse).isInstanceOf(RuntimeException.class);

            function.beforeCheckpoint(Core.getGlobalContext());
            wire.heal();
            function.afterRestore(Core.getGlobalContext());

            assertThat(function.execute("sess_after")).isNotEmpty();
            function.close();
        }
    }

    private static String process(String owner) {
        return owner.substring(0, owner.indexOf('/'));
    }
}
