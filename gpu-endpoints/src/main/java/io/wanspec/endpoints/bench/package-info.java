/** What a pass and a sampled token cost on this machine: the program behind {@code wanspec bench}. */
@NullMarked
package io.wanspec.endpoints.bench;

import org.jspecify.annotations.NullMarked;
