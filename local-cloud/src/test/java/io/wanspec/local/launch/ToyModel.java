package io.wanspec.local.launch;

import io.wanspec.contracts.ModelIdentity;
import io.wanspec.contracts.Tokens;
import io.wanspec.contracts.invoke.ChatMessage;
import io.wanspec.endpoints.model.LanguageModel;
import io.wanspec.endpoints.model.Pass;
import io.wanspec.endpoints.model.Sequence;
import io.wanspec.endpoints.model.TextCodec;
import java.util.List;
import java.util.SplittableRandom;

/** A model without weights: logits are noise seeded by the last two tokens, and a draft's are a little different. */
final class ToyModel implements LanguageModel {
    private static final int VOCABULARY = 128;
    private static final int CONTEXT = 4_096;

    private final boolean draft;

    ToyModel(boolean draft) {
        this.draft = draft;
    }

    @Override
    public ModelIdentity identity() {
        return new ModelIdentity(
                draft ? "toy-draft" : "toy", "a".repeat(64), (draft ? "b" : "c").repeat(64), VOCABULARY, CONTEXT);
    }

    @Override
    public TextCodec text() {
        return new Letters();
    }

    @Override
    public boolean endsSequence(int token) {
        return token == 0;
    }

    @Override
    public Sequence open() {
        return new ToySequence();
    }

    @Override
    public void close() {}

    private static final class Letters implements TextCodec {
        @Override
        public Tokens render(List<ChatMessage> messages) {
            return encode(messages.getLast().content() + "\n");
        }

        @Override
        public Tokens encode(String text) {
            return Tokens.of(text.chars().map(c -> 1 + c % (VOCABULARY - 1)).toArray());
        }

        @Override
        public Detokenizer detokenizer() {
            return token -> token == 0 ? "" : Character.toString('a' + token % 26);
        }
    }

    private final class ToySequence implements Sequence {
        private Tokens tokens = Tokens.none();

        @Override
        public int length() {
            return tokens.size();
        }

        @Override
        public Pass append(Tokens more, int logitRows) {
            tokens = tokens.plus(more);
            float[] logits = new float[logitRows * VOCABULARY];
            float[] entropies = new float[logitRows];
            for (int row = 0; row < logitRows; row++) {
                fill(logits, row, tokens.size() - logitRows + row);
                entropies[row] = 1;
            }
            return new Pass(logits, logitRows, VOCABULARY, entropies, 1_000);
        }

        @Override
        public void truncate(int length) {
            tokens = tokens.slice(0, length);
        }

        @Override
        public long cacheBytes() {
            return 4L * tokens.size();
        }

        @Override
        public void close() {}

        private void fill(float[] logits, int row, int last) {
            long context = tokens.get(last) * 131L + (last > 0 ? tokens.get(last - 1) : 0);
            SplittableRandom random = new SplittableRandom(context);
            SplittableRandom error = new SplittableRandom(context + 7);
            for (int token = 0; token < VOCABULARY; token++) {
                double noise = draft ? error.nextDouble() : 0;
                logits[row * VOCABULARY + token] = (float) (8 * random.nextDouble() + noise);
            }
            // The toy hardly ever stops by itself.
            logits[row * VOCABULARY] = -9;
        }
    }
}
