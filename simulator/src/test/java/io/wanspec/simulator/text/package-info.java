/** Languages to speak: what the target says behind a prefix, and what the draft expects there. */
@NullMarked
package io.wanspec.simulator.text;

import org.jspecify.annotations.NullMarked;
