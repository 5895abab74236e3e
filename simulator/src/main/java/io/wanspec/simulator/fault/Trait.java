package io.wanspec.simulator.fault;

/** What is wrong with a draft worker. */
enum Trait {
    NOTHING,
    /** Its link lives, but from some frame on it sends none. */
    SILENT,
    /** Sends invalid or invented frames instead of, or beside, honest ones. */
    HOSTILE,
    /** Ignores what it is asked for one by one. */
    DEAF,
    /** Its link breaks now and then. */
    CRASHING,
    /** Refuses the session, for good. */
    REFUSING,
    /** Has another tokenizer. */
    FOREIGN,
    /** Speaks another version of the protocol. */
    OUTDATED
}
