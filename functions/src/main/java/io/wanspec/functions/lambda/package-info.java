/**
 * The functions as AWS Lambda calls them, each a thin edge over the same core. The API has none here: it is the HTTP server
 * itself, behind the Web Adapter.
 */
@NullMarked
package io.wanspec.functions.lambda;

import org.jspecify.annotations.NullMarked;
