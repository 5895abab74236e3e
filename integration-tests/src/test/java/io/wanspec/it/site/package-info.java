/** Draft workers on site: honest, hostile and restless ones, before the real relay and the real API. */
@NullMarked
package io.wanspec.it.site;

import org.jspecify.annotations.NullMarked;
