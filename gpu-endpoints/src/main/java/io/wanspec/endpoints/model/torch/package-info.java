/** Models on DJL's PyTorch engine: loading, sequences and trees, and passes that are the same bits however they are cut. */
@NullMarked
package io.wanspec.endpoints.model.torch;

import org.jspecify.annotations.NullMarked;
