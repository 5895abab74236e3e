/** The copy: a draft that proposes what followed where the text last read like its end. */
@NullMarked
package io.wanspec.endpoints.model.copy;

import org.jspecify.annotations.NullMarked;
