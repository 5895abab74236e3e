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

    /** Completes when the drafts take part, too. One that does not start is a {@link #failure}. */
    default CompletableFuture<Void> whole() {
        return CompletableFuture.completedFuture(null);
    }

    /** Stops everything; returns when it is gone. */
    @Override
    void close();

    /** Starts local clouds. */
    interface Starter {
        /**
         * Returns when every endpoint takes part.
         *
         * @throws LaunchException if something is missing or does not come up; nothing is left running then
         */
        Cloud start(CloudSettings settings, LaunchProgress progress) throws LaunchException, InterruptedException;

        /**
         * Returns as soon as requests are answered. Until the drafts take part ({@link Cloud#whole}) the target answers alone, with
         * the same texts.
         *
         * @throws LaunchException as {@link #start} does, for all that is there by then
         */
        default Cloud serve(CloudSettings settings, LaunchProgress progress)
                throws LaunchException, InterruptedException {
            return start(settings, progress);
        }
    }
}
