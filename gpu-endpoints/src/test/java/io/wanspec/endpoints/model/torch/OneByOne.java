package io.wanspec.endpoints.model.torch;

import io.wanspec.contracts.Tokens;
import io.wanspec.endpoints.model.LanguageModel;
import io.wanspec.endpoints.model.Pass;
import io.wanspec.endpoints.model.Sequence;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;

/** The dumb twin: decodes one token a pass and remembers, of every prefix that it was asked about, the last row's logits. */
final class OneByOne implements AutoCloseable {
    private final Sequence sequence;
    private final Map<Tokens, float[]> rows = new HashMap<>();
    private Tokens held = Tokens.none();

    OneByOne(LanguageModel model) {
        sequence = model.open();
    }

    /** The logits behind {@code prefix}. */
    float[] logits(Tokens prefix) {
        float[] known = rows.get(prefix);
        if (known != null) {
            return known;
        }
        int common = Math.min(held.commonPrefix(prefix), prefix.size() - 1);
        sequence.truncate(common);
        held = prefix.slice(0, common);
        while (held.size() < prefix.size()) {
            int token = prefix.get(held.size());
            held = held.plus(token);
            rows.put(held, row(sequence.append(Tokens.of(token), 1), 0));
        }
        return Objects.requireNonNull(rows.get(prefix));
    }

    /** A copy of a row's logits. */
    static float[] row(Pass pass, int row) {
        float[] logits = new float[pass.vocabulary()];
        pass.row(row).get(logits);
        return logits;
    }

    /** Copies of all rows: the twin's own passes overwrite those of {@code pass}. */
    static List<float[]> rows(Pass pass) {
        return IntStream.range(0, pass.rows()).mapToObj(row -> row(pass, row)).toList();
    }

    @Override
    public void close() {
        sequence.close();
    }
}
