package io.wanspec.contracts;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;

/**
 * How loaded the target pass was that an answer comes from. A server that does not say serves the session alone, as far as
 * the other side knows.
 *
 * @param rows that the whole pass forwarded, of all its sessions: each session's own token and its draft tokens
 * @param sessions that the pass served
 * @param waitedMicros how long the question was there before the pass began, in microseconds
 * @param rowMicros what one more row would add to a pass of this size, in microseconds, as the server has measured it, or, where
 *     the pass was full and left somebody to the next, a row's share of the whole pass; 0 while it does not know
 * @param draftRows how many of the rows were draft tokens: without them the pass is what plain decoding would have taken; 0 also
 *     from a server that does not tell them apart
 */
public record PassLoad(
        int rows,
        int sessions,
        long waitedMicros,
        long rowMicros,

        @JsonSetter(nulls = Nulls.AS_EMPTY) @JsonInclude(JsonInclude.Include.NON_DEFAULT)
        int draftRows) {
    public PassLoad {
        Require.atLeastOne("sessions", sessions);
        Require.atLeastOne("rows", rows);
        Require.atMost("sessions", sessions, rows);
        Require.notNegative("waitedMicros", waitedMicros);
        Require.notNegative("rowMicros", rowMicros);
        Require.notNegative("draftRows", draftRows);
        Require.atMost("draftRows", draftRows, rows - sessions);
    }

    /** Of a pass without draft tokens. */
    public PassLoad(int rows, int sessions, long waitedMicros, long rowMicros) {
        this(rows, sessions, waitedMicros, rowMicros, 0);
    }
}
