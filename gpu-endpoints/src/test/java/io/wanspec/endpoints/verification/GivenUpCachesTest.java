package io.wanspec.endpoints.verification;

import static org.assertj.core.api.Assertions.assertThat;

import io.wanspec.contracts.CallerId;
import io.wanspec.contracts.SamplingOptions;
import io.wanspec.contracts.TokenTree;
import io.wanspec.contracts.Tokens;
import io.wanspec.endpoints.compute.CacheNeed;
import io.wanspec.endpoints.compute.Engine;
import io.wanspec.endpoints.compute.MinimumPassTime;
import io.wanspec.endpoints.compute.SequencePool;
import io.wanspec.endpoints.compute.Sequences;
import io.wanspec.endpoints.model.EngineSettings;
import io.wanspec.endpoints.model.EngineSettings.Precision;
import io.wanspec.endpoints.model.LanguageModel;
import io.wanspec.endpoints.model.Pass;
import io.wanspec.endpoints.model.PassResult;
import io.wanspec.endpoints.model.Sequence;
import io.wanspec.endpoints.model.SequencePass;
import io.wanspec.endpoints.model.torch.ModelLoader;
import io.wanspec.endpoints.tiny.TinyModel;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Sessions whose caches are taken away at random moments, and computed again in company, get every bit of what their undisturbed
 * twins get. With {@code -Dwanspec.model=PATH} it is checked on that model too.
 */
class GivenUpCachesTest {
    private static final int SESSIONS = 4;

    @TempDir
    Path folder;

    @ParameterizedTest
    @EnumSource
    void nobodySeesThatACacheWasGivenUp(Precision precision) throws IOException {
        check(TinyModel.writeTarget(folder, 3), precision, 2, 60);
        String real = System.getProperty("wanspec.model");
        if (real != null) {
            check(Path.of(real), precision, 1, 30);
        }
    }

    private static void check(Path path, Precision precision, int trials, int tokens) {
        EngineSettings settings = new EngineSettings(precision, false, 1, EngineSettings.CACHE_BYTES_DEFAULT);
        try (LanguageModel model = ModelLoader.load("m", path, null, settings)) {
            for (int seed = 0; seed < trials; seed++) {
                new Company(model, seed).run(tokens);
            }
        }
    }

    /** Sessions that are disturbed, and their twins. */
    private static final class Company {
        private final LanguageModel model;
        private final Random random;
        private final FickleSequences fickle;
        private final List<Member> members = new ArrayList<>();

        Company(LanguageModel model, int seed) {
            this.model = model;
            random = new Random(seed);
            fickle = new FickleSequences(model, random);
            Engine disturbed = new Engine(model, fickle, MinimumPassTime.none());
            Engine quiet = new Engine(model, new SequencePool(model, 0, SESSIONS), MinimumPassTime.none());
            for (int i = 0; i < SESSIONS; i++) {
                SamplingOptions options = new SamplingOptions(i % 2 * 0.8, 0, 1, seed + i);
                int vocabulary = model.identity().vocabulary();
                Tokens prompt = Tokens.of(
                        random.ints(1 + random.nextInt(150), 0, vocabulary).toArray());
                members.add(new Member(
                        random,
                        new TargetDecoder(disturbed, options, prompt, prompt.size()),
                        new TargetDecoder(quiet, options, prompt, prompt.size()),
                        prompt.size() + 1));
            }
        }

        void run(int tokens) {
            while (members.stream().anyMatch(member -> member.made() < tokens)) {
                List<Member> some = members.stream()
                        .filter(member -> random.nextInt(3) > 0 && member.made() < tokens)
                        .filter(Member::isAsked)
                        .toList();
                List<PassResult> results =
                        model.run(some.stream().map(Member::part).toList());
                List<Pass> passes = results.stream()
                        .map(result -> ((PassResult.Done) result).pass().copy())
                        .toList();
                for (int i = 0; i < passes.size(); i++) {
                    some.get(i).took(passes.get(i));
                }
            }
            assertThat(fickle.taken).isGreaterThan(10);
            members.forEach(Member::end);
            assertThat(fickle.open).isZero();
        }
    }

    private static final class Member {
        private final Random random;
        private final TargetDecoder decoder;
        private final TargetDecoder twin;
        private final int start;
        private TokenTree drafts = TokenTree.none();
        private SequencePass part;

        Member(Random random, TargetDecoder decoder, TargetDecoder twin, int start) {
            this.random = random;
            this.decoder = decoder;
            this.twin = twin;
            this.start = start;
            part = twin.isFilled() ? twin.verification(drafts) : twin.fill();
            while (!twin.isFilled()) {
                var _ = twin.fill().run();
            }
        }

        int made() {
            return decoder.position() - start;
        }

        boolean isAsked() {
            if (!decoder.reserve(drafts.size(), () -> {})) {
                return false;
            }
            part = decoder.isFilled() ? decoder.verification(drafts) : decoder.fill();
            return true;
        }

        SequencePass part() {
            return part;
        }

        void took(Pass pass) {
            if (!decoder.computed()) {
                return;
            }
            Pass expected = twin.verification(drafts).run().copy();
            assertThat(bits(pass)).isEqualTo(bits(expected));
            TargetDecoder.Round round = decoder.commit(pass);
            assertThat(round).isEqualTo(twin.commit(expected));
            drafts = RandomTrees.of(random, round.result().tokens(), 200);
        }

        void end() {
            decoder.release();
            twin.release();
        }

        private static int[] bits(Pass pass) {
            int[] bits = new int[pass.logits().length];
            Arrays.setAll(bits, i -> Float.floatToRawIntBits(pass.logits()[i]));
            return bits;
        }
    }

    /** Takes caches back whenever it may, and has sessions wait. */
    private static final class FickleSequences implements Sequences {
        private final LanguageModel model;
        private final Random random;
        private int taken;
        private int open;

        FickleSequences(LanguageModel model, Random random) {
            this.model = model;
            this.random = random;
        }

        @Override
        public Lease acquire(Tokens prefix, Optional<CallerId> caller, CacheNeed need) {
            return new Fickle();
        }

        private final class Fickle implements Lease {
            private @Nullable Sequence sequence;

            Fickle() {
                hold();
            }

            private Sequence hold() {
                open++;
                Sequence held = model.open();
                sequence = held;
                return held;
            }

            private void take() {
                if (sequence != null) {
                    sequence.close();
                    sequence = null;
                    taken++;
                    open--;
                }
            }

            @Override
            public Sequence sequence() {
                return sequence == null ? hold() : sequence;
            }

            @Override
            public boolean isHeld() {
                return sequence != null;
            }

            @Override
            public boolean reserve(int tokens, Runnable wake) {
                if (random.nextInt(6) == 0) {
                    take();
                }
                if (random.nextInt(8) == 0) {
                    return false;
                }
                assertThat(sequence().cacheBytes()).isLessThanOrEqualTo(model.cacheBytes(tokens + 1));
                return true;
            }

            @Override
            public void release(Tokens held) {
                take();
            }
        }
    }
}
