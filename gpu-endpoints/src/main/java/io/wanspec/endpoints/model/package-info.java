/**
 * A model as the rest of the server sees it: sequences, passes, trees, text. Knows nothing of links or servers; what implements it
 * lies in the packages below.
 */
@NullMarked
package io.wanspec.endpoints.model;

import org.jspecify.annotations.NullMarked;
