/** What the controller learns online: times, round trips, acceptance. */
@NullMarked
package io.wanspec.controller.estimate;

import org.jspecify.annotations.NullMarked;
