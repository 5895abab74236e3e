/** Where drafts are made: what is measured of the places that could make them, and which of them a session takes. */
@NullMarked
package io.wanspec.controller.placement;

import org.jspecify.annotations.NullMarked;
