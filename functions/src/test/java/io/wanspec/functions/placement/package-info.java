@NullMarked
package io.wanspec.functions.placement;

import org.jspecify.annotations.NullMarked;
