package io.wanspec.local.launch;

import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/** A running local cloud. */
public interface Cloud extends AutoCloseable {
    /** Base of the gateway, without {@code /v1}. */
    URI gateway();

    /** How the model servers were placed on cores, in words. */
    String cores();

    /** Who listens where, for a reader. */
    List<String> addresses();

    /** Where each model server listens, by name. */
    Map<String, URI> modelServers();

    /** Completes, with what to tell the user, when a process died so often that it is given up. */
    default CompletableFuture<String> failure() {
        return new CompletableFuture<>();
    }

    /** Stops everything; returns when it is gone. */
    @Override
    void close();

    /** Starts local clouds. */
    interface Starter {
        /**
         * @throws LaunchException if something is missing or does not come up; nothing is left running then
         */
        Cloud start(CloudSettings settings, LaunchProgress progress) throws LaunchException, InterruptedException;
    }
}
