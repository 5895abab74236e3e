@NullMarked
package io.wanspec.functions.flow;

import org.jspecify.annotations.NullMarked;
