@NullMarked
package io.wanspec.functions.edge;

import org.jspecify.annotations.NullMarked;
