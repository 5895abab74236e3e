package io.wanspec.endpoints.model.torch;

import io.wanspec.contracts.ModelIdentity;
import io.wanspec.contracts.sampling.Proposals;
import io.wanspec.endpoints.model.CopyShares;
import io.wanspec.endpoints.model.LanguageModel;
import io.wanspec.endpoints.model.PassResult;
import io.wanspec.endpoints.model.Sequence;
import io.wanspec.endpoints.model.SequencePass;
import io.wanspec.endpoints.model.TextCodec;
import io.wanspec.endpoints.model.program.LlamaProgram;
import io.wanspec.endpoints.model.text.HubTextCodec;
import java.util.List;

/** A Llama-family model on DJL's PyTorch engine. */
final class TorchModel implements LanguageModel {
    private final ModelIdentity identity;
    private final LlamaProgram program;
    private final HubTextCodec text;
    private final CopyShares copies;
    private final JointPasses joint;

    TorchModel(ModelIdentity identity, LlamaProgram program, HubTextCodec text, CopyShares copies) {
        this.identity = identity;
        this.program = program;
        this.text = text;
        this.copies = copies;
        joint = new JointPasses(program);
    }

    @Override
    public ModelIdentity identity() {
        return identity;
    }

    @Override
    public TextCodec text() {
        return text;
    }

    @Override
    public Proposals proposals() {
        return program.proposals();
    }

    @Override
    public CopyShares copies() {
        return copies;
    }

    @Override
    public boolean endsSequence(int token) {
        return text.vocabulary().ends().contains(token);
    }

    @Override
    public Sequence open() {
        return new TorchSequence(program);
    }

    @Override
    public long cacheBytes(int tokens) {
        return GrowingCache.bytes(program, tokens);
    }

    @Override
    public List<PassResult> run(List<SequencePass> parts) {
        return joint.run(parts);
    }

    @Override
    public void close() {
        program.close();
        text.close();
    }
}
