package io.wanspec.functions.placement;

import io.wanspec.controller.PlacementReport;
import io.wanspec.controller.placement.PlaceBook;
import io.wanspec.controller.placement.PlaceFindings;
import io.wanspec.functions.session.DraftFindings;
import io.wanspec.functions.table.Condition;
import io.wanspec.functions.table.Table;
import io.wanspec.functions.table.Write;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.UnaryOperator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What all functions have measured of draft places. Each keeps it in memory, looks at the table once in a while and adds to it what it
 * has found, never in a request's way: whoever asks is told what is known, at once. A function that is frozen before it has added
 * does so when it is thawed, or not at all.
 */
public final class SharedPlaces implements DraftFindings, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(SharedPlaces.class);

    /** How old what is known of the others' findings may be. */
    static final Duration READ_EVERY = Duration.ofSeconds(15);

    /** How often a busy function adds to them. */
    static final Duration WRITTEN_EVERY = Duration.ofSeconds(5);

    private static final PlacesItem NOTHING = new PlacesItem(0, PlaceBook.empty());

    private final Optional<Table> table;
    private final Clock clock;
    private final Executor background;
    private final Runnable close;
    private final AtomicBoolean busy = new AtomicBoolean();
    private final Object lock = new Object();

    /** As the table had it when it was last read or written. */
    private PlacesItem shared = NOTHING;

    /** What was found here, and the table does not know. */
    private PlaceBook added = PlaceBook.empty();

    /** The part of it that is being written. */
    private PlaceBook underWay = PlaceBook.empty();

    private Instant readAt = Instant.MIN;
    private Instant writtenAt = Instant.MIN;

    /** @param table absent: each function knows what it has found itself */
    public SharedPlaces(Optional<Table> table, Clock clock) {
        this(table, clock, Executors.newVirtualThreadPerTaskExecutor());
    }

    private SharedPlaces(Optional<Table> table, Clock clock, ExecutorService background) {
        this(table, clock, background, background::shutdownNow);
    }

    SharedPlaces(Optional<Table> table, Clock clock, Executor background, Runnable close) {
        this.table = table;
        this.clock = clock;
        this.background = background;
        this.close = close;
        background(this::read);
    }

    /** What is known now. */
    PlaceBook book() {
        synchronized (lock) {
            if (isOver(readAt, READ_EVERY)) {
                background(this::read);
            }
            return shared.book().plus(underWay).plus(added);
        }
    }

    @Override
    public void found(PlacementReport report) {
        add(book -> {
            PlaceBook more = book.withTargetPass(report.targetPassNanos(), clock.millis());
            for (PlaceFindings each : report.found()) {
                more = more.with(each, clock.millis());
            }
            return more;
        });
    }

    /** A probe has asked, or did not get an answer. */
    public void probed(PlaceFindings found) {
        add(book -> book.with(found, clock.millis()));
    }

    private void add(UnaryOperator<PlaceBook> more) {
        synchronized (lock) {
            added = more.apply(added);
            if (!added.isEmpty() && isOver(writtenAt, WRITTEN_EVERY)) {
                background(this::write);
            }
        }
    }

    /** Also where the wall clock was set back. */
    private boolean isOver(Instant since, Duration time) {
        Instant now = clock.instant();
        return since.equals(Instant.MIN) || now.isBefore(since) || !now.isBefore(since.plus(time));
    }

    /** One call to the table at a time; a wish that comes meanwhile comes again. */
    private void background(Runnable work) {
        if (table.isEmpty() || !busy.compareAndSet(false, true)) {
            return;
        }
        try {
            background.execute(() -> {
                try {
                    work.run();
                } catch (RuntimeException e) {
                    LOG.warn("What is measured of draft places stays this function's own for now: {}", e.getMessage());
                } finally {
                    busy.set(false);
                }
            });
        } catch (RejectedExecutionException closed) {
            busy.set(false);
        }
    }

    private void read() {
        synchronized (lock) {
            readAt = clock.instant();
        }
        PlacesItem newer =
                table.orElseThrow().get(PlacesItem.KEY).map(PlacesItem::read).orElse(NOTHING);
        synchronized (lock) {
            shared = newer;
        }
    }

    /** Once, and once more if others were faster; what is not written then goes into the next. */
    private void write() {
        synchronized (lock) {
            writtenAt = clock.instant();
        }
        if (!tryWrite()) {
            read();
            tryWrite();
        }
    }

    private boolean tryWrite() {
        PlacesItem next;
        Condition condition;
        synchronized (lock) {
            underWay = added;
            added = PlaceBook.empty();
            next = new PlacesItem(shared.version() + 1, shared.book().plus(underWay));
            condition = shared.version() == 0
                    ? Condition.absentOrExpired(clock.instant())
                    : Condition.equal(PlacesItem.VERSION, shared.version());
        }
        boolean written = false;
        try {
            written = !(table.orElseThrow().put(next.write(clock.instant()), condition) instanceof Write.Refused);
        } finally {
            synchronized (lock) {
                shared = written ? next : shared;
                added = written ? added : underWay.plus(added);
                underWay = PlaceBook.empty();
            }
        }
        return written;
    }

    @Override
    public void close() {
        close.run();
    }
}
