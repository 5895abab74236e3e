/** Work that outlives its request: the queue it waits in, and what is done with a delivery. */
@NullMarked
package io.wanspec.functions.jobs;

import org.jspecify.annotations.NullMarked;
