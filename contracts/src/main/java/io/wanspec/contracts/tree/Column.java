package io.wanspec.contracts.tree;

/**
 * One more fact about every node of a {@link DraftTree}, owned by whoever asked the tree for it. The tree keeps it in step when
 * its nodes get new numbers; a new node begins with 0 or false.
 */
abstract sealed class Column permits FlagColumn, IntColumn {
    /**
     * Nodes get new numbers.
     *
     * @param order the old number of each node that stays, by its new number
     * @param kept how many stay
     * @param before how many there were
     */
    abstract void renumber(int[] order, int kept, int before);
}
