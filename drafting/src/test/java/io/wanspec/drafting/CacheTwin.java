package io.wanspec.drafting;

import static org.assertj.core.api.Assertions.assertThat;

import io.wanspec.contracts.Branch;
import io.wanspec.contracts.Tokens;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * The dumbest cache that a draft model could have: committed tokens, the trunk, and nodes that hang on it. It forgets whatever
 * it may forget, and fails at the first step that it could not carry out.
 */
final class CacheTwin {
    private final Map<Long, Node> nodes = new HashMap<>();
    private Tokens trunk;

    private record Node(long parent, int token, int position) {}

    /** @param held what it holds already, possibly nothing */
    CacheTwin(Tokens held) {
        trunk = held;
    }

    Tokens trunk() {
        return trunk;
    }

    boolean holds(long branch) {
        return nodes.containsKey(branch);
    }

    void fill(DraftStep.Fill step) {
        assertThat(step.from()).as("a fill begins where the trunk ends").isEqualTo(trunk.size());
        assertThat(step.tokens().isEmpty()).isFalse();
        trunk = trunk.plus(step.tokens());
        nodes.clear();
    }

    void grow(DraftStep.Grow step) {
        for (long branch : step.settled()) {
            settle(branch);
        }
        keepOnlyWhatFollows();
        DraftStep.Nodes columns = step.nodes();
        assertThat(columns.size()).isPositive();
        for (int i = 0; i < columns.size(); i++) {
            add(columns.branches()[i], new Node(columns.parents()[i], columns.tokens()[i], columns.positions()[i]));
        }
    }

    private void settle(long branch) {
        Node node = Objects.requireNonNull(nodes.remove(branch), "what is settled is a node of the cache");
        assertThat(node.parent()).as("and right behind its trunk").isEqualTo(trunkBranch());
        assertThat(node.position()).isEqualTo(trunk.size());
        trunk = trunk.plus(node.token());
    }

    private void keepOnlyWhatFollows() {
        Set<Long> following = new HashSet<>();
        following.add(trunkBranch());
        boolean more = true;
        while (more) {
            more = false;
            for (Map.Entry<Long, Node> node : nodes.entrySet()) {
                more |= following.contains(node.getValue().parent()) && following.add(node.getKey());
            }
        }
        nodes.keySet().retainAll(following);
    }

    private void add(long branch, Node node) {
        Node parent = nodes.get(node.parent());
        boolean onTrunk = node.parent() == trunkBranch();
        assertThat(parent != null || onTrunk).as("the parent is held").isTrue();
        assertThat(node.position()).isEqualTo(parent == null ? trunk.size() : parent.position() + 1);
        assertThat(branch).isEqualTo(Branch.then(node.parent(), node.token()));
        assertThat(nodes.putIfAbsent(branch, node))
                .as("a node is forwarded once")
                .isNull();
    }

    private long trunkBranch() {
        return Branch.of(trunk).digest();
    }
}
