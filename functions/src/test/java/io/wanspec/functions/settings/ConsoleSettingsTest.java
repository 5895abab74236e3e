package io.wanspec.functions.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.wanspec.functions.settings.AccessSettings.Mode;
import io.wanspec.functions.settings.ConsoleSettings.Shown;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Who sees the console. */
final class ConsoleSettingsTest {
    @ParameterizedTest
    @CsvSource({
        "LOCAL, true, true, true",
        "LOCAL, true, false, false",
        "LOCAL, false, true, false",
        "LOCAL, false, false, false",
        "PUBLIC, true, false, true",
        "PUBLIC, false, false, true",
        "NONE, true, true, false",
    })
    void localIsThisMachineOnLoopback(Shown shown, boolean loopback, boolean thisMachine, boolean seen) {
        assertThat(new ConsoleSettings(shown, loopback).isShown(thisMachine)).isEqualTo(seen);
    }

    @Test
    void forEverybodyOnlyWhereKeysAreAskedFor() {
        var settings = new ConsoleSettings(Shown.PUBLIC, false);
        assertThatThrownBy(() -> settings.checkedFor(Mode.OPEN))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("wanspec.console")
                .hasMessageContaining("wanspec.access.required");
        assertThatCode(() -> settings.checkedFor(Mode.KEYS)).doesNotThrowAnyException();
        assertThatCode(() -> settings.checkedFor(Mode.GATEWAY)).doesNotThrowAnyException();
        assertThatCode(() -> new ConsoleSettings(Shown.LOCAL, true).checkedFor(Mode.OPEN))
                .doesNotThrowAnyException();
    }
}
