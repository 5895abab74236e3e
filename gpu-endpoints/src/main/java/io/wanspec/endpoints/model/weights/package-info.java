/** Checkpoints: GGUF and safetensors files, read by mapping them into memory. */
@NullMarked
package io.wanspec.endpoints.model.weights;

import org.jspecify.annotations.NullMarked;
