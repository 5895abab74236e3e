/** HTTP: routes, requests read strictly by hand, answers and errors in OpenAI's shape. */
@NullMarked
package io.wanspec.functions.http;

import org.jspecify.annotations.NullMarked;
