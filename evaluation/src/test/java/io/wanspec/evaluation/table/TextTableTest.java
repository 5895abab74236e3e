package io.wanspec.evaluation.table;

import static io.wanspec.evaluation.table.TextTable.Column.numbers;
import static io.wanspec.evaluation.table.TextTable.Column.words;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

final class TextTableTest {
    @Test
    void alignsWordsToTheLeftAndNumbersToTheRight() {
        TextTable table = TextTable.of(words(8), numbers(6), numbers(2), words(0));
        table.row("", "ms", "k", "where")
                .row("first", "1.25", "3", "here")
                .text("A sentence across all columns, however long it is.")
                .row("  second", "100.00");
        assertThat(String.join("\n", table.lines())).isEqualTo("""
                              ms   k  where
                first       1.25   3  here
                A sentence across all columns, however long it is.
                  second  100.00""");
    }

    @Test
    void aColumnGrowsWithItsWidestCell() {
        assertThat(TextTable.of(words(1), 2, numbers(1))
                        .row("a long name", "1", "22222")
                        .row("b", "1", "2")
                        .lines())
                .containsExactly("a long name  1  22222", "b            1      2");
    }

    @Test
    void isNothingWithoutRows() {
        assertThat(TextTable.of(words(3)).lines()).isEmpty();
        assertThat(TextTable.of(words(3)).text("").lines()).containsExactly("");
    }

    @Test
    void aCellTooManyIsRefused() {
        assertThatThrownBy(() -> TextTable.of(words(3)).row("a", "b")).hasMessage("2 cells for 1 columns");
    }
}
