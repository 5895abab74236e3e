package io.wanspec.functions.access;

import java.util.List;
import java.util.Optional;

/** Lets requests in, or says why not. Blocks while the table is asked. */
public final class Gatekeeper {
    private final Source source;

    /** Where a request's caller is taken from. */
    private interface Source {
        Entry caller(Optional<String> authorization, List<String> gatewayContext);
    }

    /** What becomes of a request. */
    public sealed interface Entry {
        /** No key is needed. */
        record Public() implements Entry {}

        record Admitted(Caller caller) implements Entry {}

        record Unknown(KeyVerdict.Reason reason) implements Entry {}

        record Forbidden(Scope lacking) implements Entry {}

        record Undecided(String why) implements Entry {}
    }

    private Gatekeeper(Source source) {
        this.source = source;
    }

    /** Checks keys itself. */
    public static Gatekeeper of(KeyVerifier verifier) {
        return new Gatekeeper((authorization, _) -> switch (verifier.verify(authorization)) {
            case KeyVerdict.Valid(var key) -> new Entry.Admitted(key.caller());
            case KeyVerdict.Refused(var reason) -> new Entry.Unknown(reason);
            case KeyVerdict.Ended(var _, var reason) -> new Entry.Unknown(reason);
            case KeyVerdict.Undecided(var why) -> new Entry.Undecided(why);
        });
    }

    /** Takes the word of the gateway's authorizer. */
    public static Gatekeeper trustingGateway() {
        return new Gatekeeper((_, context) -> GatewayWord.caller(context)
                .<Entry>map(Entry.Admitted::new)
                .orElseGet(() -> new Entry.Unknown(KeyVerdict.Reason.MISSING)));
    }

    /** @param gatewayContext all headers named {@value GatewayWord#HEADER} */
    public Entry enter(String method, String path, Optional<String> authorization, List<String> gatewayContext) {
        if (RouteScopes.isPublic(method, path)) {
            return new Entry.Public();
        }
        Entry entry = source.caller(authorization, gatewayContext);
        if (!(entry instanceof Entry.Admitted(Caller caller))) {
            return entry;
        }
        return RouteScopes.lacking(path, caller.scopes())
                .<Entry>map(Entry.Forbidden::new)
                .orElse(entry);
    }
}
