/** Tests of jobs. */
@NullMarked
package io.wanspec.functions.jobs;

import org.jspecify.annotations.NullMarked;
