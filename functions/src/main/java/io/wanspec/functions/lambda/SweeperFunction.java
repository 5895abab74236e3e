package io.wanspec.functions.lambda;

import io.micronaut.context.ApplicationContextBuilder;
import io.wanspec.functions.observe.FunctionReports;
import io.wanspec.functions.observe.UnownedEnds;
import io.wanspec.functions.store.SessionSweeper;
import io.wanspec.functions.store.SessionSweeper.Swept;
import io.wanspec.functions.table.Table;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** <i>sweeper</i>: ends abandoned sessions and deletes expired ones, called by a schedule. Two at once do no harm. */
public final class SweeperFunction extends SnapshotHandler<Map<String, Object>, Map<String, Object>> {
    private static final Logger LOG = LoggerFactory.getLogger(SweeperFunction.class);

    /** Of each part of the index in one go: some seconds of work. */
    private static final int PER_SHARD_MAX = 50;

    /** What a go may take at most; with less time left the next schedule goes on. */
    private static final Duration GO = Duration.ofSeconds(20);

    private static final Duration FLUSH = Duration.ofSeconds(3);

    @Inject
    @Nullable
    SessionSweeper sweeper;

    @Inject
    @Nullable
    Table table;

    @Inject
    @Nullable
    InvocationTime time;

    @Inject
    @Nullable
    FunctionReports reports;

    @Inject
    @Nullable
    UnownedEnds unowned;

    @Override
    public Map<String, Object> execute(Map<String, Object> event) {
        Swept swept;
        int gaveUp = 0;
        int deleted = 0;
        do {
            swept = go();
            gaveUp += swept.givenUp();
            deleted += swept.deleted();
        } while (swept.more() && Injected.of(time).left().compareTo(GO) > 0);
        LOG.info("sessions given up={} deleted={} more={}", gaveUp, deleted, swept.more());
        Injected.of(reports).swept(gaveUp, deleted);
        return Map.of("givenUp", gaveUp, "deleted", deleted, "more", swept.more());
    }

    /** The environment is frozen once this is answered, or has failed, and with it what gives budgets back. */
    private Swept go() {
        try {
            return Injected.of(sweeper).sweep(PER_SHARD_MAX);
        } finally {
            Injected.of(unowned).flush(FLUSH);
        }
    }

    /** Asks what was due in 1970. */
    @Override
    void rehearse() {
        var _ = Injected.of(table).due(0, Instant.EPOCH, 1);
    }

    @Override
    protected ApplicationContextBuilder newApplicationContextBuilder() {
        return LambdaContexts.builder();
    }
}
