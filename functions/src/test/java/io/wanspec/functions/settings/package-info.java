@NullMarked
package io.wanspec.functions.settings;

import org.jspecify.annotations.NullMarked;
