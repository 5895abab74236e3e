/** Tokenizers and chat templates, from the model's own files. */
@NullMarked
package io.wanspec.endpoints.model.text;

import org.jspecify.annotations.NullMarked;
