package io.wanspec.controller.interactions;

import io.wanspec.contracts.GenerationRequest;
import io.wanspec.contracts.ModelIdentity;
import io.wanspec.contracts.SamplingOptions;
import io.wanspec.contracts.SessionId;
import io.wanspec.contracts.Tokens;
import io.wanspec.contracts.WorkerId;
import io.wanspec.contracts.request.Choice;
import io.wanspec.contracts.request.Goal;
import io.wanspec.controller.ControllerSettings;
import io.wanspec.controller.GoalSettings;
import io.wanspec.controller.Place;
import io.wanspec.controller.Placed;
import io.wanspec.controller.Progress;
import io.wanspec.controller.SessionLimits;
import io.wanspec.controller.Worker;
import io.wanspec.controller.policy.Redundancy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** Reads the settings at the head of a script. */
final class SessionReader {
    static final ModelIdentity TARGET = model("target", "1");
    static final ModelIdentity OTHER_TARGET = model("target", "3");
    static final ModelIdentity DRAFT = model("draft", "2");
    static final ModelIdentity STRANGER = new ModelIdentity("stranger", "f".repeat(64), "2".repeat(64), 64, 4_096);

    private final Words words;
    private final List<Worker> workers = new ArrayList<>();
    private final List<String> stops = new ArrayList<>();
    private Function<List<Worker>, ControllerSettings> policy = each -> ControllerSettings.plain(TARGET);
    private SessionLimits limits = new SessionLimits(Duration.ofSeconds(10), Duration.ofSeconds(5), 2);
    private Tokens prompt = Tokens.none();
    private Tokens committed = Tokens.none();
    private int maxTokens = 1;

    SessionReader(Words words) {
        this.words = words;
    }

    private static ModelIdentity model(String name, String weights) {
        return new ModelIdentity(name, "0".repeat(64), weights.repeat(64), 64, 4_096);
    }

    void read(Script.Setting setting) {
        Phrase value = setting.value();
        switch (setting.key()) {
            case "prompt" -> prompt = words.tokens(value);
            case "max tokens" -> maxTokens = value.integer();
            case "committed" -> committed = words.tokens(value);
            case "stop" -> stops.add(value.quoted());
            case "policy" -> policy = policy(value);
            case "worker" -> workers.add(worker(value));
            case "deadline" -> limits = limits(millis(value), limits.passTimeout(), limits.reopenAttempts());
            case "pass timeout" -> limits = limits(limits.deadline(), millis(value), limits.reopenAttempts());
            case "link life" -> limits = limits.withLinkLife(millis(value));
            case "reopen attempts" -> limits = limits(limits.deadline(), limits.passTimeout(), value.integer());
            case "begins within" -> limits = limits.beginningWithin(millis(value));
            default -> throw value.bad("no setting is called " + setting.key());
        }
        value.end();
        words.promptIs(prompt);
    }

    private SessionLimits limits(Duration deadline, Duration passTimeout, int reopenAttempts) {
        return new SessionLimits(deadline, passTimeout, reopenAttempts, limits.linkLife(), limits.beginsWithin());
    }

    GenerationRequest request() {
        return new GenerationRequest(new SessionId("script"), prompt, SamplingOptions.greedy(), maxTokens, stops);
    }

    Progress resumedFrom() {
        return new Progress(committed, words.pieces(committed), null);
    }

    ControllerSettings settings() {
        return policy.apply(workers).with(limits);
    }

    private static Function<List<Worker>, ControllerSettings> policy(Phrase value) {
        if (value.reads("plain decoding")) {
            return workers -> ControllerSettings.plain(TARGET);
        }
        if (value.reads("co-located, runs of")) {
            int run = value.integer();
            return workers -> ControllerSettings.colocated(TARGET, workers.getFirst(), run);
        }
        if (value.reads("goal")) {
            Goal goal = Choice.find(Goal.class, value.word()).orElseThrow(() -> value.bad("no goal is called so"));
            return workers -> GoalSettings.of(goal, TARGET, workers);
        }
        value.expect("remote chains, redundancy");
        Redundancy redundancy = redundancy(value);
        return workers -> ControllerSettings.wanspec(TARGET, workers, redundancy);
    }

    private static Redundancy redundancy(Phrase value) {
        if (value.reads("never")) {
            return new Redundancy.Never();
        }
        if (value.reads("always")) {
            return new Redundancy.Always();
        }
        value.expect("entropy");
        return new Redundancy.Entropy(value.number());
    }

    /** {@code remote in the draft region, round trip 30ms}: there and back. */
    private static Worker worker(Phrase value) {
        WorkerId id = new WorkerId(value.word());
        value.expect("in the");
        Place place = value.reads("draft region") ? Place.DRAFT_REGION : Place.BUSY_REGION;
        if (place == Place.BUSY_REGION) {
            value.expect("busy region");
        }
        value.expect(", round trip");
        Duration roundTrip = millis(value);
        return new Worker(id, place, roundTrip, value.reads(", standing by") ? Placed.standingBy() : Placed.unasked());
    }

    private static Duration millis(Phrase value) {
        Duration millis = Duration.ofNanos((long) (value.number() * 1e6));
        value.expect("ms");
        return millis;
    }
}
