/**
 * How much a key may use, kept by many functions at once. Rules are pure: states in, states out, the time an argument. The table
 * has one item a key; each function takes small allotments from it and spends them by itself.
 */
@NullMarked
package io.wanspec.functions.access.budget;

import org.jspecify.annotations.NullMarked;
