/** Endpoints that a user names, asked for small answers at a stated rate over hours: how their delays differ by region and hour. */
@NullMarked
package io.wanspec.evaluation.probe;

import org.jspecify.annotations.NullMarked;
