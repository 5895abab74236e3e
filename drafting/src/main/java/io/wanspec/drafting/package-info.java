/** A draft worker's decisions for one session, as a pure state machine: the model server and the simulator drive the same class. */
@NullMarked
package io.wanspec.drafting;

import org.jspecify.annotations.NullMarked;
