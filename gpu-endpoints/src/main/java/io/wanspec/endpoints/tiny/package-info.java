/** A tiny random model and its draft, for tests and smoke runs: real files, real engine, no download. */
@NullMarked
package io.wanspec.endpoints.tiny;

import org.jspecify.annotations.NullMarked;
