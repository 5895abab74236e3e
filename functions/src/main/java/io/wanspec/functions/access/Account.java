package io.wanspec.functions.access;

import io.micronaut.http.HttpRequest;
import io.wanspec.contracts.CallerId;
import io.wanspec.functions.settings.PromptRegions;
import io.wanspec.functions.table.Item;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * On whose account a session runs. It is kept with the session, so that whoever continues it, in another function or in the
 * background, asks nobody whose it is and sends its tokens nowhere else.
 *
 * @param owner to whom the session belongs
 * @param keyId whose budget pays; absent where access is not controlled
 * @param regions which may see its prompt and its tokens
 * @param chargedDay by number since 1970, out of whose budget its tokens were reserved; absent where none were
 * @param limits of the key, for whoever begins the session; whoever continues it asks for no more, and is told none
 */
public record Account(
        Ownership owner, Optional<String> keyId, PromptRegions regions, KeyLimits limits, OptionalLong chargedDay) {
    private static final Account NOBODY = new Account(
            Ownership.nobody(), Optional.empty(), PromptRegions.any(), KeyLimits.none(), OptionalLong.empty());
    private static final String OWNER = "account";
    private static final String KEY = "accountKey";
    private static final String REGIONS = "promptRegions";
    private static final String CHARGED_DAY = "chargedDay";

    public static Account nobody() {
        return NOBODY;
    }

    public static Account of(Optional<Caller> caller) {
        return caller.map(known -> new Account(
                        Ownership.of(known.id()),
                        Optional.of(known.keyId()),
                        known.regions(),
                        known.limits(),
                        OptionalLong.empty()))
                .orElse(NOBODY);
    }

    /** Of whoever sent this request. */
    public static Account of(HttpRequest<?> request) {
        return of(Ownership.caller(request));
    }

    /** Keeps it with a session's item. */
    public Item into(Item item) {
        Item more = item.with(OWNER, owner.owner()).with(REGIONS, regions.toString());
        Item whole = chargedDay.isPresent() ? more.with(CHARGED_DAY, chargedDay.getAsLong()) : more;
        return keyId.map(id -> whole.with(KEY, id)).orElse(whole);
    }

    /** Out of a session's item; one from before there were accounts belongs to nobody. */
    public static Account from(Item item) {
        return new Account(
                new Ownership(item.findText(OWNER).orElse(NOBODY.owner().owner())),
                item.findText(KEY),
                PromptRegions.parse(item.findText(REGIONS).orElse("")),
                KeyLimits.none(),
                item.findNumber(CHARGED_DAY));
    }

    /** Where its prompts may be seen by now: a policy that was loosened since it began does not loosen what it began with. */
    public Account regionsNow(KeyRegions keys) {
        PromptRegions now = keyId.flatMap(keys::of).map(regions::and).orElse(regions);
        return new Account(owner, keyId, now, limits, chargedDay);
    }

    /** With what was reserved for it: what it does not use comes back to that day's budget, by whoever ends it. */
    public Account charged(OptionalLong day) {
        return new Account(owner, keyId, regions, limits, day);
    }

    /** Tells callers apart at the endpoints; absent where access is not controlled. */
    public Optional<CallerId> caller() {
        return keyId.map(_ -> new CallerId(owner.owner()));
    }
}
