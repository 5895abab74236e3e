/** The target role: verifies runs of guesses, one pass each, and decodes alone where it is asked to. */
@NullMarked
package io.wanspec.endpoints.target;

import org.jspecify.annotations.NullMarked;
