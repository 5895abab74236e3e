package io.wanspec.functions.follow;

/** What becomes of a session whose last reader has left. */
public enum WithoutReaders {
    /** It ends: nobody could ask for the rest. */
    CANCEL,
    /** It stops where it is, and goes on when somebody asks for the rest. */
    HAND_OVER,
    GO_ON
}
