/** The model on its engine: weights, program, KV cache, tokenizer. Knows nothing of links or servers. */
@NullMarked
package io.wanspec.endpoints.model;

import org.jspecify.annotations.NullMarked;
