package io.wanspec.endpoints.bench;

import io.wanspec.contracts.Tokens;
import io.wanspec.endpoints.model.LanguageModel;
import io.wanspec.endpoints.model.Pass;
import java.util.List;

/** All passes that are measured of one model. */
final class ModelCases implements AutoCloseable {
    private final String role;
    private final List<ContextCase> contexts;

    /** @param role of the model in the report */
    ModelCases(String role, LanguageModel model, Tokens text, List<Integer> contexts, List<PassCase> cases) {
        this.role = role;
        this.contexts = contexts.stream()
                .map(context -> new ContextCase(model, text, context, cases))
                .toList();
    }

    String role() {
        return role;
    }

    List<ContextCase> contexts() {
        return contexts;
    }

    /**
     * A pass that is not counted, at the shortest context: a server runs its model's passes one after another, but here the
     * other model has just emptied the processor's caches.
     */
    Pass warmUp(int round) {
        return contexts.getFirst().warmUp(round);
    }

    /** Every case once; not counted in a round below 0. */
    void measure(int round) {
        contexts.forEach(each -> each.measure(round));
    }

    @Override
    public void close() {
        contexts.forEach(ContextCase::close);
    }
}
