package io.wanspec.local.network;

import io.wanspec.emulator.sagemaker.EndpointTable;
import io.wanspec.emulator.sagemaker.SageMakerEmulator;
import io.wanspec.emulator.sagemaker.SageMakerSettings;
import io.wanspec.emulator.wan.WanLink;
import io.wanspec.emulator.wan.WanSettings;
import java.net.URI;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * The regions as the functions (in the busy one) see them:
 *
 * <pre>
 * functions --> busySageMaker ------------------> containers of the busy region
 *           --> draftSageMaker = WAN --> emulator --> containers of the draft region
 * </pre>
 *
 * Whoever starts the containers enters them in {@link #busyEndpoints} and {@link #draftEndpoints}, and again whenever one
 * restarts on another port. The gateway is not part of it: it needs the functions' address, which exists later.
 */
public final class LocalCloudNetwork implements AutoCloseable {
    private final Deque<AutoCloseable> started = new ArrayDeque<>();
    private final SageMakerEmulator busy;
    private final SageMakerEmulator draft;
    private final WanLink wan;

    private LocalCloudNetwork(NetworkSettings settings) {
        try {
            busy = keep(SageMakerEmulator.open(SageMakerSettings.onPort(settings.busySageMakerPort())));
            draft = keep(SageMakerEmulator.open(SageMakerSettings.onPort(settings.draftSageMakerPort())));
            wan = keep(WanLink.open(new WanSettings(
                    settings.wanPort(),
                    draft.uri(),
                    settings.wan(),
                    settings.seed(),
                    WanSettings.IN_FLIGHT_BYTES_MAX,
                    1)));
        } catch (RuntimeException e) {
            close();
            throw e;
        }
    }

    /**
     * Starts everything.
     *
     * @throws IllegalStateException if a part does not start, for one because its port is taken; the others are stopped
     */
    public static LocalCloudNetwork start(NetworkSettings settings) {
        return new LocalCloudNetwork(settings);
    }

    /** SageMaker Runtime of the busy region: endpoint override of the functions' target clients. */
    public URI busySageMaker() {
        return busy.uri();
    }

    /** SageMaker Runtime of the draft region as the busy region sees it, across the network: for the draft clients. */
    public URI draftSageMaker() {
        return wan.uri();
    }

    /** SageMaker Runtime of the draft region, without the network: for health checks and for what runs there. */
    public URI draftSageMakerInRegion() {
        return draft.uri();
    }

    /** Containers of the busy region. */
    public EndpointTable busyEndpoints() {
        return busy.endpoints();
    }

    /** Containers of the draft region. */
    public EndpointTable draftEndpoints() {
        return draft.endpoints();
    }

    /** The network between the regions: its delays, faults and counts. */
    public WanLink wan() {
        return wan;
    }

    /** Stops everything, last started first; a part that fails to stop does not keep the others from it. */
    @Override
    public void close() {
        RuntimeException first = null;
        while (!started.isEmpty()) {
            try {
                started.pop().close();
            } catch (Exception e) {
                if (first == null) {
                    first = new IllegalStateException("a part of the local cloud did not stop", e);
                }
            }
        }
        if (first != null) {
            throw first;
        }
    }

    private <T extends AutoCloseable> T keep(T part) {
        started.push(part);
        return part;
    }
}
