/** The demonstration: one prompt in three modes through the gateway, and what they cost beside each other. */
@NullMarked
package io.wanspec.evaluation.demo;

import org.jspecify.annotations.NullMarked;
