package io.wanspec.functions.http;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.wanspec.contracts.request.SpeculationFields;
import java.util.List;

/** One answer made of those to each of several texts: their choices in order, and the sum of what they used. */
final class ManyAnswers {
    private static final String CHOICES = "choices";
    private static final String USAGE = "usage";
    private static final List<String> PER_CHOICE = List.of("session", "seed", "ledger");

    private ManyAnswers() {}

    /**
     * @param answers whole ones, or chunks of usage, in the order of their texts
     * @param each how many texts each prompt has: it counts once
     */
    static ObjectNode of(List<ObjectNode> answers, int each) {
        ObjectNode all = answers.getFirst().deepCopy();
        ArrayNode choices = all.putArray(CHOICES);
        answers.forEach(answer -> choices.addAll((ArrayNode) answer.path(CHOICES)));
        all.set(USAGE, usage(answers, each));
        ArrayNode extensions = ((ObjectNode) all.path(SpeculationFields.OBJECT)).putArray(CHOICES);
        for (int i = 0; i < answers.size(); i++) {
            ObjectNode one = extensions.addObject().put("index", i);
            var extension = answers.get(i).path(SpeculationFields.OBJECT);
            PER_CHOICE.forEach(field -> one.set(field, extension.path(field)));
        }
        return all;
    }

    private static ObjectNode usage(List<ObjectNode> answers, int each) {
        int prompt = 0;
        int completion = 0;
        for (int i = 0; i < answers.size(); i++) {
            var usage = answers.get(i).path(USAGE);
            prompt += i % each == 0 ? usage.path("prompt_tokens").intValue() : 0;
            completion += usage.path("completion_tokens").intValue();
        }
        ObjectNode sum = Json.object();
        sum.put("prompt_tokens", prompt);
        sum.put("completion_tokens", completion);
        sum.put("total_tokens", prompt + completion);
        return sum;
    }
}
