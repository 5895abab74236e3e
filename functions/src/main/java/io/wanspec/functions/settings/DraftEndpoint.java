package io.wanspec.functions.settings;

import io.wanspec.contracts.WorkerId;
import io.wanspec.controller.Place;
import io.wanspec.controller.Worker;

/** A draft worker that sessions may use. */
public record DraftEndpoint(WorkerId id, Place place, EndpointAddress address) {
    public Worker worker() {
        return new Worker(id, place);
    }
}
