/** Settings as validated records; each default is explained where it stands. */
@NullMarked
package io.wanspec.functions.settings;

import org.jspecify.annotations.NullMarked;
