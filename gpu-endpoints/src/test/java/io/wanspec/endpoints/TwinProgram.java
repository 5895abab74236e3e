package io.wanspec.endpoints;

import io.wanspec.endpoints.twin.HashModel;

/** The server's program with a twin for a model, to be run as a process of its own. */
final class TwinProgram {
    private TwinProgram() {}

    public static void main(String[] args) {
        System.exit(EndpointServer.run(options -> HashModel.target(100), args));
    }
}
