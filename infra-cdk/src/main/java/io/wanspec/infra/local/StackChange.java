package io.wanspec.infra.local;

/** What became of a stack that was to be as its template says. */
enum StackChange {
    CREATED,
    UPDATED,
    UNCHANGED
}
