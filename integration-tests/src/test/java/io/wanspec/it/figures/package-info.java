/** What the documents state as measured, and that it is what was measured. */
@NullMarked
package io.wanspec.it.figures;

import org.jspecify.annotations.NullMarked;
