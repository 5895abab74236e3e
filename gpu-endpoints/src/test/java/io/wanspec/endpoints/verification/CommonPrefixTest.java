package io.wanspec.endpoints.verification;

import static org.assertj.core.api.Assertions.assertThat;

import io.wanspec.contracts.CallerId;
import io.wanspec.contracts.SamplingOptions;
import io.wanspec.contracts.Tokens;
import io.wanspec.contracts.invoke.Invocation;
import io.wanspec.contracts.invoke.Reply;
import io.wanspec.endpoints.compute.Compute;
import io.wanspec.endpoints.compute.Engine;
import io.wanspec.endpoints.compute.MinimumPassTime;
import io.wanspec.endpoints.compute.Outbound;
import io.wanspec.endpoints.compute.SequencePool;
import io.wanspec.endpoints.model.EngineSettings;
import io.wanspec.endpoints.model.LanguageModel;
import io.wanspec.endpoints.model.torch.ModelLoader;
import io.wanspec.endpoints.tiny.TinyModel;
import io.wanspec.endpoints.twin.HashModel;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Sessions that begin alike, all at once or one after the other. */
class CommonPrefixTest {
    private static final List<String> CALLERS = List.of("anna", "ben");

    @TempDir
    Path folder;

    /** A prompt of 299 tokens before its last one takes five passes. */
    @Test
    void aCommonPrefixIsComputedOnceForEachCaller() throws InterruptedException {
        HashModel model = HashModel.endless(1_000);
        SequencePool pool = new SequencePool(model, 100_000, 64);
        Tokens prompt = Tokens.of(new Random(1).ints(300, 1, 40).toArray());
        List<Invocation.Generate> requests = IntStream.range(0, 16)
                .mapToObj(i -> request(prompt, i, 1, CALLERS.get(i % 2)))
                .toList();
        List<Tokens> texts = run(model, pool, requests);
        assertThat(model.passes()).isEqualTo(2 * 5 + 16);
        assertThat(pool.report().sharedTokens()).isEqualTo(14 * 299);
        for (int i = 0; i < texts.size(); i++) {
            assertThat(texts.get(i))
                    .isEqualTo(model.decode(prompt, requests.get(i).sampling(), 1));
        }
    }

    @Test
    void companyThatSharesMakesTheTextsOfSessionsAlone() throws IOException, InterruptedException {
        Path path = TinyModel.writeTarget(folder, 3);
        try (LanguageModel model = ModelLoader.load("m", path, null, EngineSettings.cpuTarget())) {
            for (int seed = 0; seed < 2; seed++) {
                List<Invocation.Generate> requests = company(new Random(seed));
                SequencePool pool = new SequencePool(model, 6L * model.cacheBytes(512), 64, 6L * model.cacheBytes(512));
                List<Tokens> together = run(model, pool, requests);
                assertThat(pool.report().sharedTokens()).isPositive();
                assertThat(pool.report().sessions()).isZero();
                List<Tokens> alone = new ArrayList<>();
                for (Invocation.Generate request : requests) {
                    alone.addAll(run(model, new SequencePool(model, 0, 1), List.of(request)));
                }
                assertThat(together).isEqualTo(alone);
            }
        }
    }

    private static List<Invocation.Generate> company(Random random) {
        List<Tokens> systems = List.of(draw(random, 70), draw(random, 190));
        return IntStream.range(0, 12)
                .mapToObj(i -> {
                    Tokens system = systems.get(random.nextInt(2));
                    Tokens own = draw(random, 1 + random.nextInt(60));
                    Tokens begin = system.slice(0, system.size() - random.nextInt(9));
                    return request(begin.plus(own), i, 24, CALLERS.get(random.nextInt(2)));
                })
                .toList();
    }

    private static Tokens draw(Random random, int count) {
        return Tokens.of(random.ints(count, 0, 250).toArray());
    }

    private static Invocation.Generate request(Tokens prompt, int seed, int tokens, String caller) {
        return new Invocation.Generate(prompt, new SamplingOptions(0.8, 0, 1, seed), tokens, CallerId.of(caller), null);
    }

    private static List<Tokens> run(LanguageModel model, SequencePool pool, List<Invocation.Generate> requests)
            throws InterruptedException {
        Engine engine = new Engine(model, pool, MinimumPassTime.none());
        List<Reader> readers = requests.stream().map(request -> new Reader()).toList();
        try (Compute compute = Compute.start()) {
            for (int i = 0; i < readers.size(); i++) {
                assertThat(new GenerateJob(engine, compute, requests.get(i), readers.get(i)).start())
                        .isTrue();
            }
            for (Reader reader : readers) {
                assertThat(reader.closed.await(100, TimeUnit.SECONDS))
                        .as("%s", pool.report())
                        .isTrue();
            }
        }
        return readers.stream().map(reader -> reader.made).toList();
    }

    private static final class Reader implements Outbound<Reply> {
        private final CountDownLatch closed = new CountDownLatch(1);
        private Tokens made = Tokens.none();

        @Override
        public boolean isWritable() {
            return true;
        }

        @Override
        public void send(Reply reply) {
            if (reply instanceof Reply.Generated line) {
                made = made.plus(line.tokens());
            }
        }

        @Override
        public void close() {
            closed.countDown();
        }
    }
}
