/** Going on with sessions whose function was lost, or has stopped. */
@NullMarked
package io.wanspec.functions.resume;

import org.jspecify.annotations.NullMarked;
