/** Sessions: the only loop that feeds events to the controller and carries out its actions. */
@NullMarked
package io.wanspec.functions.session;

import org.jspecify.annotations.NullMarked;
