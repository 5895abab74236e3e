@NullMarked
package io.wanspec.functions.timeline;

import org.jspecify.annotations.NullMarked;
