package io.wanspec.endpoints;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.wanspec.contracts.relay.TicketSeal;
import io.wanspec.endpoints.relay.RelayServer;
import io.wanspec.endpoints.relay.RelaySettings;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The relay: the model server's program in the role {@code relay}. It has no model, and needs no engine. */
@Command(
        name = "relay",
        mixinStandardHelpOptions = true,
        description = "Joins functions with draft workers on site behind the SageMaker container contract.")
final class RelayProgram implements Callable<Integer> {
    private static final String ROLE = "relay";
    private static final String ROLE_VARIABLE = "WANSPEC_ROLE";
    private static final String KEY_VARIABLE = "WANSPEC_TICKET_KEY";
    private static final int CANNOT_START = 1;

    @Parameters(arity = "0..1", hidden = true, description = "'serve', as SageMaker starts containers")
    private @Nullable String verb;

    @Option(names = "--role", hidden = true, description = "relay (WANSPEC_ROLE)")
    private String role = ROLE;

    @Option(
            names = "--host",
            defaultValue = "${env:WANSPEC_HOST:-0.0.0.0}",
            description = "address to listen on (WANSPEC_HOST; ${DEFAULT-VALUE})")
    private String host = "0.0.0.0";

    @Option(
            names = "--port",
            defaultValue = "${env:WANSPEC_PORT:-8080}",
            description = "0 takes any free port (WANSPEC_PORT; ${DEFAULT-VALUE})")
    private int port;

    @Option(names = "--exit-with-parent", description = "exit when standard input ends")
    private boolean exitWithParent;

    /** Whether the arguments, or else the environment, ask for this role. */
    static boolean isAskedFor(String... arguments) {
        int at = List.of(arguments).indexOf("--role");
        String asked = at >= 0 && at + 1 < arguments.length ? arguments[at + 1] : System.getenv(ROLE_VARIABLE);
        return asked != null && asked.toLowerCase(Locale.ROOT).equals(ROLE);
    }

    /** @return the exit status */
    static int run(String... arguments) {
        return new CommandLine(new RelayProgram()).execute(arguments);
    }

    @Override
    public Integer call() throws InterruptedException {
        if ((verb != null && !verb.equals("serve")) || !role.equalsIgnoreCase(ROLE)) {
            System.err.println("relay: the only verb is serve, and the role is relay");
            return CANNOT_START;
        }
        Lifetime lifetime = new Lifetime();
        if (exitWithParent) {
            lifetime.endWithStandardInput();
        }
        try (RelayServer relay = RelayServer.listen(RelaySettings.of(host, port), TicketSeal.of(key()))) {
            System.out.println(announcement(relay.port()));
            System.out.flush();
            lifetime.await();
            return 0;
        } catch (IOException | RuntimeException e) {
            System.err.println("relay: " + e.getMessage());
            return CANNOT_START;
        } finally {
            lifetime.ended();
        }
    }

    /** No option: everybody on a machine can see those. */
    private static String key() {
        String key = System.getenv(KEY_VARIABLE);
        if (key == null || key.isBlank()) {
            throw new IllegalArgumentException(KEY_VARIABLE + " must be set: what tickets are sealed with");
        }
        return key;
    }

    private static String announcement(int port) {
        ObjectNode line = JsonNodeFactory.instance.objectNode();
        line.put("event", "listening");
        line.put("port", port);
        line.put("role", ROLE);
        return line.toString();
    }
}
