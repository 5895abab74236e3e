package io.wanspec.controller.interactions;

import static org.assertj.core.api.Assertions.assertThat;

import io.wanspec.contracts.timeline.TimelineCodec;
import io.wanspec.contracts.timeline.TimelineEvent;
import io.wanspec.contracts.timeline.TokenSource;
import io.wanspec.controller.Action;
import io.wanspec.controller.Event;
import io.wanspec.controller.Place;
import io.wanspec.controller.Tally;
import io.wanspec.controller.Worker;
import io.wanspec.controller.timeline.TimelineRecorder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The timelines of some transcripts, line by line. Write them anew with {@code -Dwanspec.golden=write}. */
class TimelinesTest {
    private static final Path TRANSCRIPTS = Path.of("src/test/resources/interactions");
    private static final Path TIMELINES = Path.of("src/test/resources/timelines");
    private static final double NANOS_PER_MS = 1e6;

    @ParameterizedTest
    @ValueSource(strings = {"05-busy-region-drafts-too", "10-target-lost", "14-two-workers", "25-going-on"})
    void theTimelineOfATranscript(String name) throws IOException {
        String script = Files.readString(TRANSCRIPTS.resolve(name + ".txt"));
        StringBuilder lines = new StringBuilder();
        Interaction.watch(name, script, session -> watching(session, lines));
        Path golden = TIMELINES.resolve(name + ".jsonl");
        if ("write".equals(System.getProperty("wanspec.golden"))) {
            Files.createDirectories(TIMELINES);
            Files.writeString(golden, lines);
        } else {
            assertThat(lines.toString()).isEqualTo(Files.readString(golden));
        }
        assertThat(lines.toString().lines())
                .allSatisfy(line -> assertThat(TimelineCodec.decode(line).map(TimelineCodec::encode))
                        .isEqualTo(Optional.of(line)));
    }

    private static BiConsumer<Event, List<Action>> watching(Interaction session, StringBuilder lines) {
        var begin = new TimelineEvent.Begin(
                0,
                TimelineEvent.VERSION,
                session.request().session().value(),
                session.settings().target().name(),
                "wanspec",
                "economy",
                "us-east-1",
                null,
                session.request().prompt().size(),
                session.request().maxTokens(),
                0,
                0,
                session.settings().workers().stream()
                        .map(TimelinesTest::drafter)
                        .toList(),
                true);
        var recorder = new TimelineRecorder(begin, 0, event -> {
            lines.append(TimelineCodec.encode(event)).append('\n');
            return true;
        });
        return (event, actions) -> {
            recorder.step(event, actions);
            for (Action action : actions) {
                if (action instanceof Action.Finish finish) {
                    end(recorder, event, finish.reason().name().toLowerCase(Locale.ROOT), finish.tally());
                } else if (action instanceof Action.Fail fail) {
                    end(recorder, event, null, fail.tally());
                }
            }
        };
    }

    private static void end(TimelineRecorder recorder, Event event, @Nullable String how, Tally tally) {
        recorder.ended(event.atNanos(), how, how == null ? "target_unavailable" : null, tally.toLedger(0));
    }

    private static TimelineEvent.Drafter drafter(Worker worker) {
        return new TimelineEvent.Drafter(
                worker.id().value(),
                null,
                worker.place() == Place.BUSY_REGION ? TokenSource.BUSY : TokenSource.REMOTE,
                worker.roundTrip().toNanos() / NANOS_PER_MS,
                worker.placed().standsBy());
    }
}
