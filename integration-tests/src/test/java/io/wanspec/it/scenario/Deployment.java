package io.wanspec.it.scenario;

import java.net.URI;
import java.util.Optional;

/** Something that serves the API, wherever it runs. */
interface Deployment extends AutoCloseable {
    URI gateway();

    String model();

    /** The access key to use, where one is asked for. */
    Optional<String> key();

    @Override
    default void close() throws Exception {}
}
