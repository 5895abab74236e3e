package io.wanspec.contracts.grammar;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

/** Makes a network of what rules say. */
final class NetworkBuilder {
    private static final String ROOT = "root";

    private final GrammarNetwork network = new GrammarNetwork();
    private final Map<String, Integer> numbers = new HashMap<>();

    private NetworkBuilder() {}

    /**
     * The root is rule 0.
     *
     * @throws IllegalArgumentException if a rule is missing, or begins with itself, if there are too many states, or there is no text
     */
    static GrammarNetwork build(Map<String, GrammarExpression> rules) {
        NetworkBuilder builder = new NetworkBuilder();
        if (!rules.containsKey(ROOT)) {
            throw new IllegalArgumentException("a grammar must have the rule root");
        }
        builder.numbers.put(ROOT, builder.network.newRule());
        rules.keySet().forEach(name -> builder.numbers.computeIfAbsent(name, any -> builder.network.newRule()));
        rules.forEach(builder::rule);
        new LeftRecursion(builder.network).refuse();
        if (!Heights.of(builder.network, any -> true).mayBegin()) {
            throw new IllegalArgumentException("a grammar must have a text: this one has none that ends");
        }
        return builder.network;
    }

    private void rule(String name, GrammarExpression expression) {
        int rule = numbers.getOrDefault(name, 0);
        add(network.start(rule), expression, network.end(rule));
    }

    private void add(int from, GrammarExpression expression, int to) {
        switch (expression) {
            case GrammarExpression.Literal(var text) -> literal(from, text.getBytes(StandardCharsets.UTF_8), to);
            case GrammarExpression.OneOf(var ranges) ->
                ranges.forEach(range -> CharacterSets.add(network, from, range, to));
            case GrammarExpression.Sequence(var parts) -> {
                int state = from;
                for (int i = 0; i < parts.size(); i++) {
                    int next = i == parts.size() - 1 ? to : network.newState();
                    add(state, parts.get(i), next);
                    state = next;
                }
                if (parts.isEmpty()) {
                    network.nothing(from, to);
                }
            }
            case GrammarExpression.Choice(var alternatives) -> alternatives.forEach(one -> add(from, one, to));
            case GrammarExpression.Repeated repeated -> repeat(from, repeated, to);
            case GrammarExpression.Rule(var name) -> network.call(from, number(name), to);
        }
    }

    private void literal(int from, byte[] bytes, int to) {
        int state = from;
        for (int i = 0; i < bytes.length; i++) {
            int next = i == bytes.length - 1 ? to : network.newState();
            network.bytes(state, bytes[i] & 0xFF, bytes[i] & 0xFF, next);
            state = next;
        }
        if (bytes.length == 0) {
            network.nothing(from, to);
        }
    }

    /** Each time has states of its own, entered and left by edges that nothing else shares. */
    private void repeat(int from, GrammarExpression.Repeated repeated, int to) {
        int state = from;
        for (int i = 0; i < repeated.least(); i++) {
            state = once(state, repeated.part());
        }
        if (repeated.most() == GrammarExpression.Repeated.UNBOUNDED) {
            int loop = network.newState();
            network.nothing(state, loop);
            network.nothing(once(loop, repeated.part()), loop);
            network.nothing(loop, to);
            return;
        }
        for (int i = repeated.least(); i < repeated.most(); i++) {
            network.nothing(state, to);
            state = once(state, repeated.part());
        }
        network.nothing(state, to);
    }

    private int once(int from, GrammarExpression part) {
        int begin = network.newState();
        int end = network.newState();
        network.nothing(from, begin);
        add(begin, part, end);
        return end;
    }

    private int number(String name) {
        Integer number = numbers.get(name);
        if (number == null) {
            throw new IllegalArgumentException("a grammar must have every rule that it names: " + name + " is missing");
        }
        return number;
    }
}
