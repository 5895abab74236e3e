/** The transformer as TorchScript source, and its way onto DJL's PyTorch engine. */
@NullMarked
package io.wanspec.endpoints.model.program;

import org.jspecify.annotations.NullMarked;
