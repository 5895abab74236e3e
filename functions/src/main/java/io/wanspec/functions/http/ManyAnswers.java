package io.wanspec.functions.http;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.wanspec.contracts.request.SpeculationFields;
import java.util.List;

/** One answer made of those to each of several texts: their choices in order, and what they used together. */
final class ManyAnswers {
    private static final String CHOICES = "choices";
    private static final List<String> PER_CHOICE = List.of("session", "seed", "ledger");

    private ManyAnswers() {}

    /**
     * @param answers whole ones, or chunks of usage, in the order of their texts
     * @param usage of all texts, also those that are left out
     */
    static ObjectNode of(List<ObjectNode> answers, ObjectNode usage) {
        ObjectNode all = answers.getFirst().deepCopy();
        ArrayNode choices = all.putArray(CHOICES);
        answers.forEach(answer -> choices.addAll((ArrayNode) answer.path(CHOICES)));
        all.set("usage", usage);
        ArrayNode extensions = ((ObjectNode) all.path(SpeculationFields.OBJECT)).putArray(CHOICES);
        for (int i = 0; i < answers.size(); i++) {
            ObjectNode one = extensions.addObject().put("index", i);
            var extension = answers.get(i).path(SpeculationFields.OBJECT);
            PER_CHOICE.forEach(field -> one.set(field, extension.path(field)));
        }
        return all;
    }
}
