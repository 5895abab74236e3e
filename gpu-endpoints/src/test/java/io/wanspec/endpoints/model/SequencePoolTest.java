package io.wanspec.endpoints.model;

import static org.assertj.core.api.Assertions.assertThat;

import io.wanspec.contracts.Tokens;
import io.wanspec.endpoints.tiny.TinyModel;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
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
            try (SequencePool pool = new SequencePool(model, 3 * one, 4)) {
                Random random = new Random(5);
                int reused = 0;
                for (int i = 0; i < 60; i++) {
                    Tokens prompt =
                            Tokens.of(random.ints(2 + random.nextInt(20), 0, 3).toArray());
                    SequencePool.Lease lease = pool.acquire(prompt).orElseThrow();
                    reused += lease.length() > 0 ? 1 : 0;
                    int from = Math.min(lease.length(), prompt.size() - 1);
                    lease.truncate(from);
                    assertThat(last(lease.append(prompt.from(from), 1))).isEqualTo(fresh(model, prompt));
                    lease.close();
                    assertThat(pool.cacheBytes()).isLessThanOrEqualTo(3 * one);
                }
                assertThat(reused).isGreaterThan(20);
            }
        }
    }

    @Test
    void theLongestCachedBeginningIsFound() throws IOException {
        try (LanguageModel model = load();
                SequencePool pool = new SequencePool(model, 1 << 30, 4)) {
            for (Tokens prompt : List.of(Tokens.of(1, 2, 3, 4), Tokens.of(1, 2, 9), Tokens.of(5))) {
                try (SequencePool.Lease lease = pool.acquire(Tokens.of(200)).orElseThrow()) {
                    lease.append(prompt, 0);
                }
            }
            try (SequencePool.Lease lease = pool.acquire(Tokens.of(1, 2, 3, 7)).orElseThrow()) {
                assertThat(lease.length()).isEqualTo(3);
            }
        }
    }

    @Test
    void leasesAreBoundedAndReturn() throws IOException {
        try (LanguageModel model = load();
                SequencePool pool = new SequencePool(model, 1 << 20, 2)) {
            List<SequencePool.Lease> leases = new ArrayList<>();
            leases.add(pool.acquire(Tokens.of(1)).orElseThrow());
            leases.add(pool.acquire(Tokens.of(1)).orElseThrow());
            assertThat(pool.acquire(Tokens.of(1))).isEmpty();
            leases.getFirst().close();
            leases.getFirst().close();
            assertThat(pool.acquire(Tokens.of(1))).isPresent();
            assertThat(pool.acquire(Tokens.of(1))).isEmpty();
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
