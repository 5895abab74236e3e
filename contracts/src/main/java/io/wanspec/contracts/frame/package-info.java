/** The frames of the draft link and the target link, and their codec. */
@NullMarked
package io.wanspec.contracts.frame;

import org.jspecify.annotations.NullMarked;
