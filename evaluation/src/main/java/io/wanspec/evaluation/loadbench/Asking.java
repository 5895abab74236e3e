package io.wanspec.evaluation.loadbench;

import io.wanspec.contracts.request.Mode;
import io.wanspec.contracts.request.Speculation;
import io.wanspec.evaluation.demo.ChatRequest;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicInteger;

/** What the clients of a point ask, in turn; every point asks the same. */
final class Asking {
    private final LoadSettings settings;
    private final Mode mode;
    private final KnownTexts texts;
    private final AtomicInteger turn = new AtomicInteger();

    Asking(LoadSettings settings, Mode mode, KnownTexts texts) {
        this.settings = settings;
        this.mode = mode;
        this.texts = texts;
    }

    /**
     * A question, and whether the client stays for its answer.
     *
     * @param leaveBehind so many characters of text the client leaves; absent if it stays
     */
    record Asked(Question question, OptionalInt leaveBehind) {}

    /** What a client begins with: the later ones with longer answers, so that they come back one after the other. */
    Asked first(int client, int clients) {
        int tokens = Math.ceilDiv(LoadSettings.TOKENS * (client + 1), clients);
        Question whole = question(settings, turn.getAndIncrement(), mode);
        return new Asked(new Question(whole.number(), whole.request().upTo(tokens)), OptionalInt.empty());
    }

    Asked next() {
        int number = turn.getAndIncrement();
        Question question = question(settings, number, mode);
        boolean leaves = (int) ((number + 1) * settings.leaving()) > (int) (number * settings.leaving());
        return new Asked(
                question,
                leaves ? OptionalInt.of(Math.max(1, texts.characters(question.number()) / 2)) : OptionalInt.empty());
    }

    /** The so-manieth question; there are as many as prompts, again and again. */
    static Question question(LoadSettings settings, int turn, Mode mode) {
        int number = turn % settings.prompts().size();
        ChatRequest request = new ChatRequest(
                settings.cloud().targetName(),
                settings.prompts().get(number),
                LoadSettings.TOKENS,
                settings.temperature(),
                1,
                OptionalLong.of(settings.seed() + number),
                speculation(mode));
        return new Question(number, request);
    }

    /** As the API serves a request that says no more than its mode. */
    private static Speculation speculation(Mode mode) {
        return switch (mode) {
            case WANSPEC -> Speculation.defaults();
            case COLOCATED -> Speculation.colocated(OptionalInt.empty());
            case TARGET_ONLY -> Speculation.targetOnly();
        };
    }
}
