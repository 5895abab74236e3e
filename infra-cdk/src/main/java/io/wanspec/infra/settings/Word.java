package io.wanspec.infra.settings;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** A choice, as it is written in the file. */
public interface Word {
    String word();

    static <C extends Enum<C> & Word> Optional<C> find(Class<C> type, String word) {
        return Stream.of(type.getEnumConstants())
                .filter(each -> each.word().equals(word))
                .findFirst();
    }

    static <C extends Enum<C> & Word> List<String> all(Class<C> type) {
        return Stream.of(type.getEnumConstants()).map(Word::word).toList();
    }
}
