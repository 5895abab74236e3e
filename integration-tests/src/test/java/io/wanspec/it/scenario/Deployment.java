package io.wanspec.it.scenario;

import java.net.URI;
import java.util.Optional;

/** Something that serves the API, wherever it runs. */
interface Deployment extends AutoCloseable {
    URI gateway();

    String model();

    /** The access key to use, where one is asked for. */
    Optional<String> key();

    /** Where keys are made, if access can be switched on here. */
    default Optional<KeyDesk> keys() {
        return Optional.empty();
    }

    /**
     * Kills the function that serves requests, outright.
     *
     * @return false where that cannot be done
     */
    default boolean killFunction() throws Exception {
        return false;
    }

    @Override
    default void close() throws Exception {}
}
