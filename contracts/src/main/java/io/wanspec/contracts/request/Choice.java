package io.wanspec.contracts.request;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** One of several choices that users name by a word: the same in requests, in the configuration and on command lines. */
public interface Choice {
    /** Of the constant; every enum has it. */
    String name();

    /** As users write it: the constant's name in lower case, with hyphens. */
    default String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** The choice that {@code word} names, if there is one. */
    static <C extends Enum<C> & Choice> Optional<C> find(Class<C> type, String word) {
        return Arrays.stream(type.getEnumConstants())
                .filter(choice -> choice.word().equals(word))
                .findFirst();
    }

    /** All words of this type with commas, for messages. */
    static <C extends Enum<C> & Choice> String words(Class<C> type) {
        return Arrays.stream(type.getEnumConstants()).map(Choice::word).collect(Collectors.joining(", "));
    }
}
