package io.wanspec.emulator.toy;

import io.wanspec.contracts.CallerId;
import io.wanspec.contracts.ProtocolVersion;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** What a toy model speaks. An older one is as strict as older builds were: it takes no other version, and gives none. */
public final class ToyProtocol {
    private final ProtocolVersion newest;

    /** Callers that sessions were opened for. */
    public final Set<CallerId> callers = ConcurrentHashMap.newKeySet();

    public ToyProtocol(ProtocolVersion newest) {
        this.newest = newest;
    }

    /** What a description says to an asker who speaks {@code asked}. */
    ProtocolVersion described(ProtocolVersion asked) {
        return isCurrent() ? asked.nearestSpoken() : newest;
    }

    /** Whether a session may be opened by this frame. */
    boolean takes(ProtocolVersion named, @Nullable CallerId caller, byte[] frame) {
        if (caller != null) {
            callers.add(caller);
        }
        boolean strange = new String(frame, StandardCharsets.UTF_8).matches("(?s).*\"(caller|rules)\".*");
        return isCurrent() || (named.equals(newest) && !strange);
    }

    private boolean isCurrent() {
        return newest.equals(ProtocolVersion.CURRENT);
    }
}
