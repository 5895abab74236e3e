/**
 * What a user can ask for beside a model and a prompt: the vocabulary of the API's {@code wanspec} object, of the
 * configuration's {@code wanspec.speculation} and of the command line, which all share these words and bounds.
 */
@NullMarked
package io.wanspec.contracts.request;

import org.jspecify.annotations.NullMarked;
