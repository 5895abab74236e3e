/** Responses of OpenAI's API without HTTP: what they are, what is remembered of them, and the events of their streams. */
@NullMarked
package io.wanspec.functions.responses;

import org.jspecify.annotations.NullMarked;
