package io.wanspec.functions.http;

import io.wanspec.functions.follow.RecordedText;
import io.wanspec.functions.follow.Texts;
import io.wanspec.functions.idempotency.FirstRequest;
import io.wanspec.functions.session.SessionOutcome;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** Whether the first request of a key has an answer, or will have one. */
@Singleton
final class FirstAnswers {
    /** Between a key's record and its session's lies no more than a write; whoever took so long was killed. */
    private static final Duration BEGINNING_MAX = Duration.ofSeconds(10);

    private final Texts texts;

    FirstAnswers(Texts texts) {
        this.texts = texts;
    }

    /**
     * False if it failed, or was lost before it was begun: then its key is free.
     *
     * @throws ApiException if that cannot be told yet
     */
    boolean isAnswered(FirstRequest first) {
        if (texts.isRunning(first.facts().session())) {
            return true;
        }
        Optional<RecordedText> text =
                TableCalls.call(() -> texts.find(first.facts().session()));
        if (text.isPresent()) {
            return !(text.get().end() instanceof SessionOutcome.Failed);
        }
        long age = Instant.now().getEpochSecond() - first.facts().createdSeconds();
        if (age < BEGINNING_MAX.toSeconds()) {
            throw ApiException.conflict(
                    "idempotent_request_in_progress",
                    "The first request with this " + Idempotency.HEADER + " is just beginning. Try again in a second.");
        }
        return false;
    }
}
