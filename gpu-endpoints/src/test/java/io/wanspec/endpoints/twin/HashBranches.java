package io.wanspec.endpoints.twin;

import io.wanspec.contracts.Branch;
import io.wanspec.contracts.Tokens;
import io.wanspec.endpoints.model.Branches;
import io.wanspec.endpoints.model.Pass;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A tree that remembers of each node all tokens up to it. */
final class HashBranches implements Branches {
    private final HashSequence sequence;
    private final Map<Branch, Tokens> nodes = new LinkedHashMap<>();
    private Tokens trunk;
    private boolean ended;

    HashBranches(HashSequence sequence, Tokens trunk) {
        this.sequence = sequence;
        this.trunk = trunk;
    }

    @Override
    public Branch trunk() {
        return Branch.of(trunk);
    }

    @Override
    public int size() {
        return nodes.size();
    }

    @Override
    public boolean holds(Branch branch) {
        return nodes.containsKey(branch);
    }

    @Override
    public Pass grow(List<Node> more) {
        checkLive();
        if (more.isEmpty() || nodes.size() + more.size() > NODES_MAX) {
            throw new IllegalArgumentException("no nodes, or too many");
        }
        Map<Branch, Tokens> grown = new LinkedHashMap<>(nodes);
        for (Node node : more) {
            Tokens before = node.parent().equals(trunk()) ? trunk : grown.get(node.parent());
            if (before == null || grown.containsKey(node.branch())) {
                throw new IllegalArgumentException("an unknown parent, or a node twice");
            }
            sequence.checkContext(before.size() + 1);
            grown.put(node.branch(), before.plus(node.token()));
        }
        nodes.putAll(grown);
        return sequence.pass(more.stream().map(Node::branch).toList());
    }

    @Override
    public void commit(Branch end) {
        checkLive();
        if (!end.equals(trunk())) {
            trunk = held(end);
            nodes.values().removeIf(tokens -> !isBelow(tokens, trunk) || tokens.size() == trunk.size());
            sequence.committed(trunk);
        }
    }

    @Override
    public void forget(Branch branch) {
        checkLive();
        Tokens top = branch.equals(trunk()) ? trunk : held(branch);
        nodes.values().removeIf(tokens -> isBelow(tokens, top));
    }

    void end() {
        ended = true;
    }

    private Tokens held(Branch branch) {
        Tokens tokens = nodes.get(branch);
        if (tokens == null) {
            throw new IllegalArgumentException("no such node");
        }
        return tokens;
    }

    private static boolean isBelow(Tokens tokens, Tokens top) {
        return tokens.commonPrefix(top) == top.size();
    }

    private void checkLive() {
        if (ended) {
            throw new IllegalStateException("the tree has ended");
        }
    }
}
