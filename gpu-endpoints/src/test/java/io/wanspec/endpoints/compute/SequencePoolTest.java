package io.wanspec.endpoints.compute;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.wanspec.contracts.Branch;
import io.wanspec.contracts.CallerId;
import io.wanspec.contracts.Tokens;
import io.wanspec.endpoints.model.Branches;
import io.wanspec.endpoints.model.EngineSettings;
import io.wanspec.endpoints.model.LanguageModel;
import io.wanspec.endpoints.model.Pass;
import io.wanspec.endpoints.model.Sequence;
import io.wanspec.endpoints.model.torch.ModelLoader;
import io.wanspec.endpoints.tiny.TinyModel;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SequencePoolTest {
    @TempDir
    Path folder;

    @Test
    void aReusedCacheGivesTheSameLogitsAsAFreshOne() throws IOException {
        try (LanguageModel model = load()) {
            long one = bytesOfOne(model);
            SequencePool pool = new SequencePool(model, 3 * one, 4);
            Random random = new Random(5);
            int reused = 0;
            for (int i = 0; i < 60; i++) {
                Tokens prompt =
                        Tokens.of(random.ints(2 + random.nextInt(20), 0, 3).toArray());
                Sequences.Lease lease = pool.acquire(prompt);
                Sequence sequence = lease.sequence();
                reused += sequence.length() > 0 ? 1 : 0;
                int from = Math.min(sequence.length(), prompt.size() - 1);
                sequence.truncate(from);
                assertThat(last(sequence.append(prompt.from(from), 1))).isEqualTo(fresh(model, prompt));
                lease.release(prompt);
                assertThat(pool.cacheBytes()).isLessThanOrEqualTo(3 * one);
            }
            assertThat(reused).isGreaterThan(20);
        }
    }

    @Test
    void theLongestCachedBeginningIsFound() throws IOException {
        try (LanguageModel model = load()) {
            SequencePool pool = new SequencePool(model, 1 << 30, 4);
            for (Tokens prompt : List.of(Tokens.of(1, 2, 3, 4), Tokens.of(1, 2, 9), Tokens.of(5))) {
                Sequences.Lease lease = pool.acquire(Tokens.of(200));
                lease.sequence().append(prompt, 0);
                lease.release(prompt);
            }
            assertThat(pool.acquire(Tokens.of(1, 2, 3, 7)).sequence().length()).isEqualTo(3);
        }
    }

    @Test
    void whatOneCallerLeftBehindIsNotForAnother() throws IOException {
        try (LanguageModel model = load()) {
            SequencePool pool = new SequencePool(model, 1 << 30, 4);
            Optional<CallerId> anna = Optional.of(CallerId.of("anna"));
            Tokens prompt = Tokens.of(1, 2, 3);
            Sequences.Lease lease = pool.acquire(prompt, anna, CacheNeed.whole(3));
            lease.sequence().append(prompt, 0);
            lease.release(prompt);
            for (Optional<CallerId> other : List.of(Optional.of(CallerId.of("ben")), Optional.<CallerId>empty())) {
                assertThat(pool.acquire(prompt, other, CacheNeed.whole(3))
                                .sequence()
                                .length())
                        .isZero();
            }
            assertThat(pool.acquire(prompt, anna, CacheNeed.whole(3)).sequence().length())
                    .isEqualTo(3);
        }
    }

    @Test
    void whatNobodyUsesGivesWayToWhatGrows() throws IOException {
        try (LanguageModel model = load()) {
            long one = bytesOfOne(model);
            SequencePool pool = new SequencePool(model, 2 * one, 4);
            Sequences.Lease idle = pool.acquire(Tokens.of(1));
            idle.sequence().append(Tokens.of(1), 0);
            Sequences.Lease growing = pool.acquire(Tokens.of(2));
            idle.release(Tokens.of(1));
            pool.trim();
            assertThat(pool.cacheBytes()).isEqualTo(2 * one);
            growing.sequence().append(Tokens.of(new Random(1).ints(300, 0, 200).toArray()), 0);
            pool.trim();
            assertThat(pool.cacheBytes()).isEqualTo(growing.sequence().cacheBytes());
        }
    }

    @Test
    void aTreeDoesNotOutliveItsLeaseButWhatItCommittedDoes() throws IOException {
        try (LanguageModel model = load()) {
            SequencePool pool = new SequencePool(model, 1 << 30, 4);
            Tokens prompt = Tokens.of(1, 2, 3);
            Branch trunk = Branch.of(prompt);
            Sequences.Lease lease = pool.acquire(prompt);
            lease.sequence().append(prompt, 0);
            Branches tree = lease.sequence().branches(trunk);
            tree.grow(List.of(
                    new Branches.Node(trunk, 4), new Branches.Node(trunk, 5), new Branches.Node(trunk.then(5), 6)));
            tree.commit(trunk.then(5));
            lease.release(prompt.plus(5));
            assertThat(pool.acquire(Tokens.of(1, 2, 3, 5, 6)).sequence().length())
                    .isEqualTo(4);
            assertThatThrownBy(() -> tree.commit(trunk.then(5).then(6))).isInstanceOf(IllegalStateException.class);
        }
    }

    @Test
    void leasesAreBoundedAndReturn() throws IOException {
        try (LanguageModel model = load()) {
            SequencePool pool = new SequencePool(model, 1 << 20, 2);
            Sequences.Lease first = pool.acquire(Tokens.of(1));
            pool.acquire(Tokens.of(1));
            assertThatThrownBy(() -> pool.acquire(Tokens.of(1))).isInstanceOf(OverloadedException.class);
            first.close();
            first.close();
            pool.acquire(Tokens.of(1));
            assertThatThrownBy(() -> pool.acquire(Tokens.of(1))).isInstanceOf(OverloadedException.class);
        }
    }

    private LanguageModel load() throws IOException {
        return ModelLoader.load("tiny", TinyModel.writeTarget(folder, 1), null, EngineSettings.cpuInt8());
    }

    private static long bytesOfOne(LanguageModel model) {
        try (Sequence sequence = model.open()) {
            return sequence.cacheBytes();
        }
    }

    private static float[] fresh(LanguageModel model, Tokens prompt) {
        try (Sequence sequence = model.open()) {
            return last(sequence.append(prompt, 1));
        }
    }

    private static float[] last(Pass pass) {
        return Arrays.copyOf(pass.logits(), pass.vocabulary());
    }
}
