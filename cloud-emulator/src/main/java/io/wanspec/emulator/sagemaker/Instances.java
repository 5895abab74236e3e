package io.wanspec.emulator.sagemaker;

import java.net.URI;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** The instances behind an endpoint in one version of it, and the sessions that stick to one of them. */
final class Instances {
    private static final int SESSIONS_MAX = 10_000;

    private final List<Instance> all;
    private final Routing routing;
    private final Random random;
    private final Map<String, Instance> bySession = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Instance> eldest) {
            return size() > SESSIONS_MAX;
        }
    };

    /** @param seed of random routing */
    Instances(List<URI> containers, Routing routing, long seed) {
        if (containers.isEmpty()) {
            throw new IllegalArgumentException("an endpoint in service has an instance at least");
        }
        this.all = containers.stream().map(Instance::new).toList();
        this.routing = routing;
        this.random = new Random(seed);
    }

    synchronized Instance next() {
        return switch (routing) {
            case RANDOM -> all.get(random.nextInt(all.size()));
            case LEAST_OUTSTANDING_REQUESTS ->
                all.stream().min(Comparator.comparingInt(Instance::outstanding)).orElseThrow();
        };
    }

    /** The instance that a session sticks to, if there is such a session. */
    synchronized @Nullable Instance of(String session) {
        return bySession.get(session);
    }

    /** An instance has opened a session. */
    synchronized void stick(String session, Instance to) {
        bySession.put(session, to);
    }

    synchronized void forget(String session) {
        bySession.remove(session);
    }
}
