/**
 * What a text may be, as a grammar of bytes: written in a part of GBNF, read into a network of states, and made into masks over a vocabulary. Pure: the
 * same grammar, vocabulary and text give the same mask at every party.
 */
@NullMarked
package io.wanspec.contracts.grammar;

import org.jspecify.annotations.NullMarked;
