package io.wanspec.functions.schema;

import java.util.ArrayList;
import java.util.List;

/**
 * Parts an answer into its text and its calls of tools, as it comes: however it is cut into pieces, the parts say the same. It is of the form that its
 * grammar gives it ({@link CallForm}), and may end anywhere.
 */
public final class CallSplitter {
    private final Where where;
    private final StringBuilder held = new StringBuilder();
    private State state = State.TEXT;
    private int calls;

    /** How deep arguments are within brackets, and whether within a string. */
    private int depth;

    private boolean quoted;
    private boolean escaped;

    /** Whether there was text. */
    private boolean isTold;

    /** Where calls may begin. */
    public enum Where {
        /** No tool may be called. */
        NOWHERE,
        /** Wherever the words stand that begin one. */
        ANYWHERE,
        /** Only before all else: the text has a form of its own, in which those words are words. */
        AT_FIRST;

        /**
         * @param mayCall whether there are tools that may be called
         * @param isFormed whether the text has a form of its own
         */
        public static Where of(boolean mayCall, boolean isFormed) {
            return !mayCall ? NOWHERE : isFormed ? AT_FIRST : ANYWHERE;
        }
    }

    private enum State {
        TEXT,
        NAME,
        ARGUMENTS,
        END
    }

    /** What a part of an answer is. */
    public sealed interface Part {
        /** Text for the reader. */
        record Text(String text) implements Part {}

        /** A call begins, the index-th. */
        record Call(int index, String name) implements Part {}

        /** More of the arguments of a call. */
        record Arguments(int index, String text) implements Part {}
    }

    public CallSplitter(Where where) {
        this.where = where;
    }

    /** @return what is sure by now */
    public List<Part> take(String text) {
        List<Part> parts = new ArrayList<>();
        held.append(text);
        while (step(parts)) {
            // Until what is held may still become something else.
        }
        return parts;
    }

    /** The answer is over. */
    public List<Part> end() {
        List<Part> parts = new ArrayList<>();
        if (state == State.TEXT && !held.isEmpty()) {
            // What might have become a call, of an answer that was cut off, is text.
            parts.add(new Part.Text(held.toString()));
            held.setLength(0);
        }
        return parts;
    }

    /** Whether there are calls, the arguments of all of which are whole: a stop string may end a text within them. */
    public boolean hasCalled() {
        return calls > 0 && state != State.ARGUMENTS;
    }

    private boolean step(List<Part> parts) {
        return switch (state) {
            case TEXT -> text(parts);
            case NAME -> name(parts);
            case ARGUMENTS -> arguments(parts);
            case END -> behind();
        };
    }

    private boolean text(List<Part> parts) {
        boolean canBegin = canBegin();
        int begin = canBegin ? held.indexOf(CallForm.BEGIN) : -1;
        int sure = begin >= 0 ? begin : held.length() - (canBegin ? mayBegin() : 0);
        if (sure > 0) {
            isTold = true;
            parts.add(new Part.Text(held.substring(0, sure)));
            held.delete(0, sure);
        }
        if (begin >= 0) {
            held.delete(0, CallForm.BEGIN.length());
            state = State.NAME;
        }
        return begin >= 0;
    }

    private boolean canBegin() {
        return switch (where) {
            case NOWHERE -> false;
            case ANYWHERE -> true;
            case AT_FIRST ->
                !isTold && (CallForm.BEGIN.startsWith(held.toString()) || held.indexOf(CallForm.BEGIN) == 0);
        };
    }

    /** How many of the last characters may be the beginning of a call. */
    private int mayBegin() {
        for (int length = Math.min(held.length(), CallForm.BEGIN.length() - 1); length > 0; length--) {
            if (CallForm.BEGIN.startsWith(held.substring(held.length() - length))) {
                return length;
            }
        }
        return 0;
    }

    private boolean name(List<Part> parts) {
        int end = held.indexOf(CallForm.ARGUMENTS);
        if (end < CallForm.NAME.length()) {
            return false;
        }
        parts.add(new Part.Call(calls++, held.substring(CallForm.NAME.length(), end)));
        held.delete(0, end + CallForm.ARGUMENTS.length());
        state = State.ARGUMENTS;
        depth = 0;
        quoted = false;
        escaped = false;
        return true;
    }

    private boolean arguments(List<Part> parts) {
        int length = 0;
        boolean whole = false;
        while (length < held.length() && !whole) {
            whole = isLast(held.charAt(length++));
        }
        if (length > 0) {
            parts.add(new Part.Arguments(calls - 1, held.substring(0, length)));
            held.delete(0, length);
        }
        if (whole) {
            state = State.END;
        }
        return whole;
    }

    /** Whether the arguments, an object, end with this character. */
    private boolean isLast(char next) {
        if (quoted) {
            quoted = escaped || next != '"';
            escaped = !escaped && next == '\\';
            return false;
        }
        quoted = next == '"';
        depth += next == '{' || next == '[' ? 1 : next == '}' || next == ']' ? -1 : 0;
        return depth == 0;
    }

    private boolean behind() {
        String between = CallForm.END + CallForm.BETWEEN + CallForm.BEGIN;
        boolean another = held.length() >= between.length();
        if (another) {
            held.delete(0, between.length());
            state = State.NAME;
        }
        return another;
    }
}
