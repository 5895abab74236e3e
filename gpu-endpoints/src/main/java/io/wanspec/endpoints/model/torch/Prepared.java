package io.wanspec.endpoints.model.torch;

import io.wanspec.endpoints.model.program.ProgramPass;

/**
 * A sequence's part of a pass that is checked and has its room in the cache.
 *
 * @param pass to be run, alone or with others
 * @param done to be called once it has been: the sequence takes in what it computed
 * @param undone to be called instead if it could not be
 */
record Prepared(ProgramPass pass, Runnable done, Runnable undone) {}
