package io.wanspec.local.launch;

import io.wanspec.local.process.StartException;
import io.wanspec.local.process.Supervisor;
import java.io.IOException;
import java.net.URI;
import java.util.List;

/**
 * Everything of the local cloud that is no model server: gateway, API, table, queue, emulated endpoints and WAN. Opened first, so
 * that a taken port is told before anything starts; then {@link #fetch}, {@link #start}, {@link #serve} if it is not to wait for drafts, {@link #connect}, each once.
 */
public interface Network extends AutoCloseable {
    /** Fetches what it needs and lacks. */
    void fetch(LaunchProgress progress) throws LaunchException, InterruptedException;

    /** Starts what does not wait for the model servers, which may start meanwhile; its processes are the supervisor's. */
    void start(Supervisor supervisor) throws StartException, InterruptedException;

    /** Lets requests in, and returns when they are answered: by the target alone. */
    void serve(URI target) throws IOException, InterruptedException;

    /** Lets requests in, and returns when every endpoint is ready. */
    void connect(ModelServers servers) throws IOException, InterruptedException;

    /** Base of the gateway, without {@code /v1}. */
    URI gateway();

    /** Who listens where, for a reader: {@code name: address}. */
    List<String> addresses();

    @Override
    void close();

    /** Opens networks. */
    interface Starter {
        /**
         * Listens on the gateway's port, and does no more.
         *
         * @throws IOException if the port is taken; the message says the remedy
         */
        Network open(CloudSettings settings) throws IOException;
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
