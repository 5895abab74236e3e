/** What operators see: logs without prompts or texts, and counters. */
@NullMarked
package io.wanspec.functions.observe;

import org.jspecify.annotations.NullMarked;
