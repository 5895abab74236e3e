/** What the engine costs on this machine: the measurement as a process, and how it is shown. */
@NullMarked
package io.wanspec.evaluation.bench;

import org.jspecify.annotations.NullMarked;
