package io.wanspec.endpoints.eval;

import io.wanspec.contracts.ProtocolVersion;
import io.wanspec.contracts.Tokens;
import io.wanspec.contracts.compatibility.Compatibility;
import io.wanspec.contracts.compatibility.Requirement;
import io.wanspec.endpoints.bench.PassCosts;
import io.wanspec.endpoints.model.LanguageModel;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Lets the target write and the draft predict each of its tokens, request by request. */
final class Evaluation {
    private final LanguageModel target;
    private final LanguageModel draft;

    /** @throws IllegalArgumentException if the draft cannot draft for the target */
    Evaluation(LanguageModel target, LanguageModel draft) {
        var same = new Requirement.SameVocabulary(draft.identity(), target.identity());
        if (Compatibility.judge(ProtocolVersion.CURRENT, same) instanceof Compatibility.Refusal refusal) {
            throw new IllegalArgumentException("--draft: " + refusal.sentence());
        }
        this.target = target;
        this.draft = draft;
    }

    /**
     * @throws IllegalArgumentException if a prompt with its answer does not fit the models; the message names its line
     */
    List<Tokens> render(List<Prompt> prompts, int maxTokens) {
        int context =
                Math.min(target.identity().contextTokens(), draft.identity().contextTokens());
        List<Tokens> rendered = new ArrayList<>();
        for (Prompt prompt : prompts) {
            Tokens tokens = target.text().render(prompt.messages());
            if (tokens.size() + maxTokens > context) {
                throw new IllegalArgumentException("--prompts: line " + prompt.line() + " has " + tokens.size()
                        + " tokens, which with --max-tokens " + maxTokens + " exceeds the models' context of " + context
                        + "; shorten it or lower --max-tokens");
            }
            rendered.add(tokens);
        }
        return rendered;
    }

    /** @param passRounds how often each size of pass is measured */
    void run(EvalPlan plan, int passRounds, Consumer<EvalLine> out) {
        PassCosts costs = PassCosts.measure(target, draft, passRounds);
        List<EvalPlan.Request> requests = plan.requests();
        out.accept(new EvalLine.Begun(requests.size(), costs.context(), costs.targetMs(), costs.draftMs()));
        TargetWriter writer = new TargetWriter(target);
        TeacherForcedDraft forced = new TeacherForcedDraft(draft);
        for (EvalPlan.Request request : requests) {
            Tokens text = writer.write(request.tokens(), plan.maxTokens(), request.options());
            TeacherForcedDraft.Predictions predicted = forced.along(request.tokens(), text, request.options());
            out.accept(new EvalLine.Observed(
                    request.prompt(),
                    request.options().temperature(),
                    request.options().seed(),
                    request.tokens(),
                    text,
                    predicted.entropies(),
                    predicted.ranks(),
                    predicted.surprisals()));
        }
    }
}
