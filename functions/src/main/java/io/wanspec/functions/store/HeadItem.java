package io.wanspec.functions.store;

import io.wanspec.contracts.CallerId;
import io.wanspec.contracts.ModelIdentity;
import io.wanspec.contracts.SamplingOptions;
import io.wanspec.contracts.SamplingRules;
import io.wanspec.contracts.SessionId;
import io.wanspec.contracts.frame.FrameCodec;
import io.wanspec.controller.FinishReason;
import io.wanspec.functions.access.Account;
import io.wanspec.functions.table.Due;
import io.wanspec.functions.table.Item;
import io.wanspec.functions.table.ItemKey;
import io.wanspec.functions.trace.RequestTrace;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** A session's head as an item of the table, and back. */
final class HeadItem {
    static final String STATUS = "status";
    static final String OWNER = "owner";
    static final String FENCE = "fence";
    static final String LEASE_UNTIL = "leaseUntil";
    static final String COMMITTED = "committedTokens";
    private static final String BACKGROUND = "background";
    static final String FINISH = "finish";
    static final String FAILURE = "failure";

    /** When the lease ran out, of the lapse at which somebody was asked to go on. */
    static final String ASKED = "askedAtLapse";

    /** When that was, by the clock of whoever asked. */
    static final String ASKED_AT = "askedAt";

    /** The mark of the write that ended it, where that was none of its owner's. */
    static final String ENDED_BY = "endedBy";

    private static final String LOGPROBS = "logprobs";
    private static final String RULES = "samplingRules";

    /** How many tokens of a prediction are kept with the prompt. */
    private static final String PREDICTION_TOKENS = "predictionTokens";

    static final String PREFIX = "session#";

    private HeadItem() {}

    static String pk(SessionId id) {
        return PREFIX + id.value();
    }

    static ItemKey key(SessionId id) {
        return ItemKey.head(pk(id));
    }

    static Item write(SessionHead head) {
        ModelIdentity target = head.target();
        Item item = ruled(
                head.sampling().rules(),
                head.account()
                        .into(SpeculationItem.write(Item.of(key(head.id())), head.speculation()))
                        .with(STATUS, head.status().name())
                        .with(OWNER, head.lease().owner())
                        .with(FENCE, head.lease().fence())
                        .with(LEASE_UNTIL, head.lease().until().toEpochMilli())
                        .with("model", target.name())
                        .with("tokenizer", target.tokenizer())
                        .with("weights", target.weights())
                        .with("vocabulary", target.vocabulary())
                        .with("contextTokens", target.contextTokens())
                        .with("temperature", String.valueOf(head.sampling().temperature()))
                        .with("topK", head.sampling().topK())
                        .with("topP", String.valueOf(head.sampling().topP()))
                        .with("seed", head.sampling().seed())
                        .with("maxTokens", head.maxTokens())
                        .with("stop", head.stop())
                        .with("caller", head.caller().map(CallerId::value).orElse(""))
                        .with(
                                "request",
                                head.origin().map(o -> o.request().value()).orElse(""))
                        .with("trace", head.origin().map(o -> o.trace().hex()).orElse(""))
                        .with("promptTokens", head.promptTokens())
                        .with(COMMITTED, head.committedTokens())
                        .with(BACKGROUND, head.background() ? 1 : 0)
                        .with(FINISH, head.finish() == null ? "" : head.finish().name())
                        .with(FAILURE, head.failure())
                        .with("createdAt", head.createdAt().getEpochSecond())
                        .expiring(head.expiresAt()));
        return Due.at(LedgerItem.write(predicted(head, logged(head, item)), head.ledger()), SweepRule.firstLook(head));
    }

    static SessionHead read(Item item) {
        return new SessionHead(
                new SessionId(item.key().pk().substring(PREFIX.length())),
                SessionStatus.valueOf(item.text(STATUS)),
                lease(item),
                new ModelIdentity(
                        item.text("model"),
                        item.text("tokenizer"),
                        item.text("weights"),
                        (int) item.number("vocabulary"),
                        (int) item.number("contextTokens")),
                SpeculationItem.read(item),
                new SamplingOptions(
                        Double.parseDouble(item.text("temperature")),
                        (int) item.number("topK"),
                        Double.parseDouble(item.text("topP")),
                        item.number("seed"),
                        item.findText(RULES).map(FrameCodec::decodeRules).orElse(null)),
                (int) item.number("maxTokens"),
                item.texts("stop"),
                logprobs(item),
                Account.from(item),
                item.findText("caller").filter(id -> !id.isEmpty()).map(CallerId::new),
                origin(item),
                (int) item.number("promptTokens"),
                (int) item.findNumber(PREDICTION_TOKENS).orElse(0),
                (int) item.number(COMMITTED),
                isBackground(item),
                item.findText(FINISH)
                        .filter(name -> !name.isEmpty())
                        .map(FinishReason::valueOf)
                        .orElse(null),
                LedgerItem.read(item),
                item.text(FAILURE),
                Instant.ofEpochSecond(item.number("createdAt")),
                Instant.ofEpochSecond(item.number(Item.EXPIRES_AT)));
    }

    private static Item logged(SessionHead head, Item item) {
        return head.logprobs().isPresent() ? item.with(LOGPROBS, head.logprobs().getAsInt()) : item;
    }

    private static Item predicted(SessionHead head, Item item) {
        return head.predictionTokens() > 0 ? item.with(PREDICTION_TOKENS, head.predictionTokens()) : item;
    }

    private static OptionalInt logprobs(Item item) {
        OptionalLong said = item.findNumber(LOGPROBS);
        return said.isPresent() ? OptionalInt.of((int) said.getAsLong()) : OptionalInt.empty();
    }

    /** Most requests have none. */
    private static Item ruled(@Nullable SamplingRules rules, Item item) {
        return rules == null ? item : item.with(RULES, FrameCodec.encode(rules));
    }

    private static Optional<RequestTrace> origin(Item item) {
        return RequestTrace.of(
                item.findText("request").orElse(""), item.findText("trace").orElse(""));
    }

    /** Of records of the version before, which do not say: what is nobody's waits as long as it did. */
    private static boolean isBackground(Item item) {
        OptionalLong said = item.findNumber(BACKGROUND);
        return said.isPresent() ? said.getAsLong() == 1 : lease(item).isNobodys();
    }

    static Lease lease(Item item) {
        return new Lease(item.text(OWNER), item.number(FENCE), Instant.ofEpochMilli(item.number(LEASE_UNTIL)));
    }
}
