package io.wanspec.local.launch;

import java.io.IOException;
import java.net.URI;
import java.util.List;

/** Everything of the local cloud that is no model server: gateway, functions, table, queue, emulated endpoints and WAN. */
public interface Network extends AutoCloseable {
    /** Base of the gateway, without {@code /v1}. */
    URI gateway();

    /** Who listens where, for a reader: {@code name: address}. */
    List<String> addresses();

    @Override
    void close();

    /** Starts a network. */
    interface Starter {
        /** Fetches what it needs and lacks, so that nothing is started in vain. */
        default void prepare(LaunchProgress progress) throws LaunchException, InterruptedException {}

        /** @throws IOException if something cannot listen; the message names it and the remedy */
        Network start(CloudSettings settings, ModelServers servers) throws IOException, InterruptedException;
    }

    /**
     * Where the model servers answer the SageMaker container contract.
     *
     * @param target in the busy region
     * @param busyDraft in the busy region
     * @param remoteDraft in the draft region
     */
    record ModelServers(URI target, URI busyDraft, URI remoteDraft) {}
}
