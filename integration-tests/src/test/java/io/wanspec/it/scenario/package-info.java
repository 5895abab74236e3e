/** One suite of scenarios, played wherever the API is served. */
@NullMarked
package io.wanspec.it.scenario;

import org.jspecify.annotations.NullMarked;
