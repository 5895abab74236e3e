package io.wanspec.functions.link;

import io.wanspec.contracts.invoke.Invocation;
import io.wanspec.functions.settings.EndpointAddress;

/** Plain decoding over {@code InvokeEndpointWithResponseStream}. */
public final class SageMakerGenerations implements Generations {
    private final EndpointAddress target;
    private final SageMakerClients clients;

    public SageMakerGenerations(EndpointAddress target, SageMakerClients clients) {
        this.target = target;
        this.clients = clients;
    }

    @Override
    public Generation open(Invocation.Generate request, GenerationListener listener) {
        return new GenerationCall(target, clients, request, listener).start();
    }
}
