package io.wanspec.simulator.load;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;

/** A question about many sessions at one target. */
public sealed interface LoadQuestion {
    /** What the command line takes. */
    String WORDS = "a list of numbers of clients from 1 to 512, of half, and of p95:CLIENTS";

    private static OptionalInt number(String word) {
        return word.matches("[1-9][0-9]{0,2}") && Integer.parseInt(word) <= 512
                ? OptionalInt.of(Integer.parseInt(word))
                : OptionalInt.empty();
    }

    /** So many clients, each with one request at a time. */
    record Clients(int number) implements LoadQuestion {}

    /** Sessions come at random and want half of what the target can give with B1. */
    record Half() implements LoadQuestion {}

    /** How many clients are served as well as so many with B1. */
    record EqualP95(int b1Clients) implements LoadQuestion {}

    /** @throws IllegalArgumentException with the word that is none */
    static List<LoadQuestion> list(String words) {
        List<LoadQuestion> all = new ArrayList<>();
        for (String each : words.split(",", -1)) {
            all.add(one(each.strip()));
        }
        return all;
    }

    private static LoadQuestion one(String word) {
        if (word.equals("half")) {
            return new Half();
        }
        boolean p95 = word.startsWith("p95:");
        int number = number(p95 ? word.substring("p95:".length()) : word)
                .orElseThrow(() -> new IllegalArgumentException(word));
        return p95 ? new EqualP95(number) : new Clients(number);
    }

    /** The rows that answer it, B1's first. */
    default List<LoadStudyRow> ask(LoadStudy study) {
        return switch (this) {
            case Clients clients -> study.under(new SessionArrivals.Clients(clients.number()));
            case Half half -> study.atHalfOfItsCapacity();
            case EqualP95 equal -> study.atEqualP95(equal.b1Clients());
        };
    }
}
