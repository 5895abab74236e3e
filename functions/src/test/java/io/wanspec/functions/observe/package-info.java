@NullMarked
package io.wanspec.functions.observe;

import org.jspecify.annotations.NullMarked;
