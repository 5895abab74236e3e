/** What workers on site say to the relay that joins them with functions, and the ticket that lets them. */
@NullMarked
package io.wanspec.contracts.relay;

import org.jspecify.annotations.NullMarked;
