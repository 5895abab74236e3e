/** Whether a deployment that is there does what it should: a few requests, each with what its answer must be. */
@NullMarked
package io.wanspec.infra.smoke;

import org.jspecify.annotations.NullMarked;
