/** What model servers say of their passes. */
@NullMarked
package io.wanspec.evaluation.passes;

import org.jspecify.annotations.NullMarked;
