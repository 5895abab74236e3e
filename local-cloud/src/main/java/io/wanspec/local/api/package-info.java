/** The API as a process of the local cloud. */
@NullMarked
package io.wanspec.local.api;

import org.jspecify.annotations.NullMarked;
