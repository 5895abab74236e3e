package io.wanspec.simulator.study;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.wanspec.simulator.run.Row;
import io.wanspec.simulator.text.Traces;
import io.wanspec.simulator.trace.Trace;
import io.wanspec.simulator.trace.TraceRequest;
import io.wanspec.simulator.trace.TraceWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Record, replay. */
final class TraceStudyTest {
    @TempDir
    private Path folder;

    private Path file = Path.of("");

    @BeforeEach
    void record() throws IOException {
        Trace trace = Traces.random(4, 10);
        file = folder.resolve("trace.jsonl");
        try (TraceWriter writer = TraceWriter.open(file)) {
            writer.write(trace.header());
            for (TraceRequest request : trace.requests()) {
                writer.write(request);
            }
            writer.finish();
        }
    }

    @Test
    void policiesRunOnTheTraceWithItsPassTimes() throws Exception {
        List<Row> rows = study("0.8", "measured");
        assertThat(rows).extracting(Row::policy).containsExactly("b0", "b1", "b2", "economy");
        assertThat(rows).allSatisfy(row -> {
            assertThat(row.scenario()).isEqualTo("trace at 0.8");
            assertThat(row.alpha()).isBetween(0.25, 0.55);
            assertThat(List.of(row.msPerToken(), row.latencyVsB1(), row.latencyError(), row.busyDraftPassesVsB1()))
                    .allSatisfy(value -> assertThat(value).isFinite());
        });
        assertThat(rows.getFirst().msPerToken()).isEqualTo(Traces.TARGET_MS);
        assertThat(rows.get(1).latencyVsB1()).isEqualTo(1);
        assertThat(rows.get(2).latencyVsB1()).isGreaterThan(1.5);
        assertThat(study("0.8", "measured")).isEqualTo(rows);
    }

    @Test
    void theReferencesPassTimesAreAtHand() throws Exception {
        Row row = study("", "reference").getFirst();
        assertThat(row.scenario()).isEqualTo("trace at 0.0, reference pass times");
        assertThat(row.msPerToken()).isEqualTo(40);
    }

    @Test
    void whatCannotBeReplayedIsRefused() throws IOException {
        refused("--pace must be measured or reference, not 'slow'", file, "", "slow");
        refused("--temperature must be one that the trace has: 0.0, 0.8, not '1'", file, "1", "measured");
        refused("--temperature must be one that the trace has: 0.0, 0.8, not 'hot'", file, "hot", "measured");
        refused(" is no file; ./wanspec record --out trace.jsonl makes one.", folder, "", "measured");
        refused(" is no file; ./wanspec record", folder.resolve("absent"), "", "measured");
        Path bad = Files.writeString(folder.resolve("bad"), "{\"format\":\"tale\"}");
        refused("bad is no trace: line 1: ", bad, "", "measured");
    }

    private static void refused(String why, Path trace, String temperature, String pace) {
        Replay.Typed replay = new Replay.Typed(trace.toString(), temperature, pace);
        assertThatThrownBy(() -> StudyOptions.of(typed(), replay))
                .isInstanceOf(BadOption.class)
                .hasMessageContaining(why);
    }

    private List<Row> study(String temperature, String pace) throws Exception {
        StudyOptions options = StudyOptions.of(typed(), new Replay.Typed(file.toString(), temperature, pace));
        return new Study(options, Study.Listener.NONE).run("a command", false).sweep();
    }

    private static StudyOptions.Typed typed() {
        return new StudyOptions.Typed("", "50", "b0,b1,b2,economy", "4", "0", "1");
    }
}
