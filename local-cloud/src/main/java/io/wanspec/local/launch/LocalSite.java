package io.wanspec.local.launch;

import io.wanspec.local.models.WanspecHome;
import io.wanspec.local.process.ServerSpec;
import java.net.URI;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How draft workers on site join a local cloud.
 *
 * @param ticketKey what API and relay seal and open tickets with
 * @param relay where workers dial: in the draft region, since a site is as far from the busy one
 */
record LocalSite(String ticketKey, URI relay) {
    /** Of the relay's process, its log, and its endpoint. */
    static final String RELAY = "relay";

    private static final int KEY_BYTES = 32;
    private static final int HEAP_MIB = 128;

    /** With a key of its own: what was sealed for another cloud is of no use here. */
    static LocalSite fresh(URI relay) {
        byte[] key = new byte[KEY_BYTES];
        new SecureRandom().nextBytes(key);
        return new LocalSite(Base64.getUrlEncoder().withoutPadding().encodeToString(key), relay);
    }

    ServerSpec relaySpec(WanspecHome home) {
        JavaProgram program = JavaProgram.modelServer();
        List<String> main = List.of(
                program.mainClass(),
                "--role",
                RELAY,
                "--host",
                "127.0.0.1",
                "--port",
                ServerSpec.PORT,
                "--exit-with-parent");
        List<String> flags = List.of("-Xmx" + HEAP_MIB + "m", "-XX:+UseSerialGC");
        List<String> command =
                ServerSpec.javaCommand(program.java(), program.classpath(), flags, main, Optional.empty());
        return new ServerSpec(
                RELAY,
                command,
                Map.of("WANSPEC_TICKET_KEY", ticketKey),
                home.logs().resolve(RELAY + ".log"));
    }

    /** The key is in no log. */
    @Override
    public String toString() {
        return "LocalSite[" + relay + "]";
    }
}
