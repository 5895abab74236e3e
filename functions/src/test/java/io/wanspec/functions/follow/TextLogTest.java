package io.wanspec.functions.follow;

import static org.assertj.core.api.Assertions.assertThat;

import io.wanspec.contracts.Tokens;
import io.wanspec.contracts.ledger.Ledger;
import io.wanspec.controller.FinishReason;
import io.wanspec.functions.session.SessionOutcome;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** One writer, many readers, each with the whole text. */
@Timeout(value = 180, unit = TimeUnit.SECONDS)
final class TextLogTest {
    private static final SessionOutcome END = new SessionOutcome.Finished(
            FinishReason.STOP, new Ledger("", Tokens.none(), 0, 0, 0, 0, List.of(), List.of(), 0, 0, 0, 0));
    private final AtomicInteger cancelled = new AtomicInteger();

    @Test
    void everyReaderGetsTheWholeTextInOrder() {
        var log = log();
        List<CompletableFuture<List<String>>> readers = IntStream.range(0, 8)
                .mapToObj(_ -> CompletableFuture.supplyAsync(() -> all(log.read()), Thread::startVirtualThread))
                .toList();
        List<String> text = IntStream.range(0, 1_000).mapToObj(i -> "w" + i).toList();
        for (int from = 0; from < text.size(); from += 7) {
            log.text(text.subList(from, Math.min(from + 7, text.size())));
        }
        log.ended(END);

        readers.forEach(reader -> assertThat(reader.join()).isEqualTo(text));
        assertThat(all(log.read())).as("one that comes late").isEqualTo(text);
        assertThat(cancelled).hasValue(0);
    }

    @Test
    void theLastReaderLeavesTheSessionAlone() {
        var log = log();
        TextSource first = log.read();
        TextSource second = log.read();
        first.close();
        first.close();
        assertThat(cancelled).hasValue(0);
        assertThat(log.text(List.of("x"))).isTrue();

        second.close();

        assertThat(cancelled).hasValue(1);
        log.read().close();
        assertThat(cancelled).as("once").hasValue(1);
    }

    @Test
    void readersThatLeaveBeforeItHasStartedEndItAllTheSame() {
        var log = new TextLog(List.of());
        log.read().close();
        log.started(() -> {}, cancelled::incrementAndGet);

        assertThat(cancelled).hasValue(1);
    }

    @Test
    void whatWasMadeEarlierComesFirst() throws InterruptedException {
        var log = new TextLog(List.of("a", "", "b"));

        assertThat(log.read().from(1).pieces()).containsExactly("", "b");
    }

    private TextLog log() {
        var log = new TextLog(List.of());
        log.started(() -> {}, cancelled::incrementAndGet);
        return log;
    }

    private static List<String> all(TextSource source) {
        List<String> text = new ArrayList<>();
        try (source) {
            Portion portion = source.from(0);
            while (true) {
                text.addAll(portion.pieces());
                if (portion.end() != null) {
                    return text;
                }
                portion = source.from(text.size());
            }
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
