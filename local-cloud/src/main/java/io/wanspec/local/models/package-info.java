/** Models on this machine: which ones are known, where they lie, how a missing one is fetched and checked. */
@NullMarked
package io.wanspec.local.models;

import org.jspecify.annotations.NullMarked;
