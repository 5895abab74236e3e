/** What a deployment makes in AWS, made in the emulator: the table, the queues, and the functions that they call. */
@NullMarked
package io.wanspec.local.functions;

import org.jspecify.annotations.NullMarked;
