/** What a session did and when, from the events that its controller was given and the actions that it returned. */
@NullMarked
package io.wanspec.controller.timeline;

import org.jspecify.annotations.NullMarked;
