package io.wanspec.controller.interactions;

import io.wanspec.contracts.Branch;
import io.wanspec.contracts.ProtocolVersion;
import io.wanspec.contracts.RoundId;
import io.wanspec.contracts.Tokens;
import io.wanspec.contracts.WorkerId;
import io.wanspec.contracts.frame.DraftFrame;
import io.wanspec.contracts.frame.TargetFrame;
import io.wanspec.controller.Event;
import io.wanspec.controller.LinkLoss;

/** Reads an event: what a host would make of what came in. */
final class EventReader {
    private static final long TARGET_PASS_MICROS = 40_000;

    private final Words words;
    private final HostView host;

    EventReader(Words words, HostView host) {
        this.words = words;
        this.host = host;
    }

    Event read(Phrase phrase, long now) {
        Event event = event(phrase, now);
        phrase.end();
        return event;
    }

    private Event event(Phrase phrase, long now) {
        if (phrase.reads("started")) {
            return new Event.Started(now);
        }
        if (phrase.reads("woken")) {
            return new Event.Woken(now);
        }
        if (phrase.reads("client gone")) {
            return new Event.ClientGone(now);
        }
        if (phrase.reads("target")) {
            return target(phrase, now);
        }
        if (phrase.reads("worker")) {
            return worker(phrase, new WorkerId(phrase.word()), now);
        }
        throw phrase.bad("no event begins so");
    }

    private Event target(Phrase phrase, long now) {
        if (phrase.reads("ready")) {
            boolean changed = phrase.reads("with other weights");
            return new Event.TargetReady(
                    now,
                    new TargetFrame.Ready(
                            ProtocolVersion.CURRENT, changed ? SessionReader.OTHER_TARGET : SessionReader.TARGET, 0));
        }
        if (phrase.reads("verified round")) {
            return new Event.TargetVerified(now, verified(phrase, phrase.integer()));
        }
        if (phrase.reads("said again at position")) {
            return new Event.TargetVerified(now, again(phrase, phrase.integer()));
        }
        if (phrase.reads("forgot the prefix of round")) {
            TargetFrame.Verify asked = host.round(phrase.integer(), phrase);
            return new Event.TargetForgotPrefix(
                    now, new TargetFrame.PrefixUnknown(asked.round(), asked.position(), asked.branch()));
        }
        if (phrase.reads("lost")) {
            return new Event.TargetLost(now, phrase.quoted(), loss(phrase));
        }
        throw phrase.bad("the target does no such thing");
    }

    /**
     * {@code round 2: accepts is blue, then today}, or without a draft token accepted {@code round 2: is}; {@code round 2 and goes
     * on: is} where it makes more by itself.
     */
    private TargetFrame.Verified verified(Phrase phrase, int round) {
        TargetFrame.Verify asked = host.round(round, phrase);
        boolean goesOn = phrase.reads("and goes on");
        phrase.expect(":");
        Tokens accepted = phrase.reads("accepts") ? words.tokens(phrase) : Tokens.none();
        Tokens tokens = phrase.isAtEnd() ? accepted : accepted.plus(own(phrase, accepted));
        var answer = new TargetFrame.Verified(
                new RoundId(round),
                asked.position(),
                asked.branch(),
                accepted.size(),
                tokens,
                words.pieces(tokens),
                tokens.last() == words.token(Words.END),
                TARGET_PASS_MICROS,
                null,
                null,
                goesOn);
        host.heard(answer, asked);
        return answer;
    }

    /** {@code 4 of round 1: is}: one token of a round that has gone on since. */
    private TargetFrame.Verified again(Phrase phrase, int position) {
        phrase.expect("of");
        phrase.expect("round");
        int round = phrase.integer();
        phrase.expect(":");
        Tokens tokens = Tokens.of(words.token(phrase.word()));
        return new TargetFrame.Verified(
                new RoundId(round),
                position,
                Branch.of(host.committed().slice(0, position)),
                0,
                tokens,
                words.pieces(tokens),
                false,
                TARGET_PASS_MICROS,
                null,
                null,
                true);
    }

    private int own(Phrase phrase, Tokens accepted) {
        if (!accepted.isEmpty()) {
            phrase.expect("then");
        }
        return words.token(phrase.word());
    }

    private static LinkLoss loss(Phrase phrase) {
        if (phrase.reads("for good")) {
            return LinkLoss.FINAL;
        }
        if (phrase.reads("as it is busy")) {
            return LinkLoss.BUSY;
        }
        if (phrase.reads("as it cannot be reached")) {
            return LinkLoss.UNREACHABLE;
        }
        return phrase.reads("as it is starting") ? LinkLoss.STARTING : LinkLoss.BROKEN;
    }

    private Event worker(Phrase phrase, WorkerId worker, long now) {
        if (phrase.reads("ready")) {
            boolean strange = phrase.reads("with another tokenizer");
            return new Event.WorkerReady(
                    now,
                    worker,
                    new DraftFrame.Ready(
                            ProtocolVersion.CURRENT, strange ? SessionReader.STRANGER : SessionReader.DRAFT));
        }
        if (phrase.reads("lost")) {
            return new Event.WorkerLost(now, worker, phrase.quoted(), loss(phrase));
        }
        phrase.expect("drafted");
        return new Event.WorkerDrafted(now, worker, new DraftReader(words, host).read(phrase, worker));
    }
}
