package io.wanspec.functions.access;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** What a key is for. Few, so that everybody knows what each opens. */
public enum Scope {
    /** Chat and plain completions. */
    INFERENCE("inference"),
    /** The session interface: stored responses, background work. */
    RESPONSES("responses"),
    /** Reading metrics, of all callers together. */
    METRICS("metrics"),
    /** Joining as a draft worker on site, and nothing else: of tokens, which are made apart from other keys. */
    WORKER("worker");

    private final String word;

    Scope(String word) {
        this.word = word;
    }

    public String word() {
        return word;
    }

    public static Optional<Scope> find(String word) {
        return Arrays.stream(values()).filter(scope -> scope.word.equals(word)).findFirst();
    }

    /** What a key has if nothing else is said: all that makes text. */
    public static Set<Scope> usual() {
        return EnumSet.of(INFERENCE, RESPONSES);
    }

    /** Words with spaces between, in the order of this file. */
    static String words(Set<Scope> scopes) {
        return scopes.stream().sorted().map(Scope::word).collect(Collectors.joining(" "));
    }

    /** The inverse of {@link #words}. A word that is not known here gives nothing: an older function grants less, never more. */
    static Set<Scope> parse(String words) {
        Set<Scope> scopes = EnumSet.noneOf(Scope.class);
        for (String word : words.split(" ", -1)) {
            find(word).ifPresent(scopes::add);
        }
        return scopes;
    }
}
