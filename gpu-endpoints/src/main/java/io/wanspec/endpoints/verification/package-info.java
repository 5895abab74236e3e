/** The target role: verifies trees of draft tokens, one target pass a round, and decodes alone where it is asked to. */
@NullMarked
package io.wanspec.endpoints.verification;

import org.jspecify.annotations.NullMarked;
