package io.wanspec.contracts.request;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Users write these words: renaming a constant must not change them unnoticed. */
final class ChoiceTest {
    @Test
    void wordsStay() {
        assertThat(Choice.words(Mode.class)).isEqualTo("wanspec, colocated, target-only");
        assertThat(Choice.words(Goal.class)).isEqualTo("economy, fast, eager");
        assertThat(Choice.words(DraftKind.class)).isEqualTo("chain, tree");
        assertThat(Choice.words(RedundancyKind.class)).isEqualTo("never, always, entropy, value");
    }

    @Test
    void findsByWordOnly() {
        assertThat(Choice.find(Mode.class, "target-only")).hasValue(Mode.TARGET_ONLY);
        assertThat(Choice.find(Mode.class, "TARGET_ONLY")).isEmpty();
        assertThat(Choice.find(Goal.class, "")).isEmpty();
    }
}
