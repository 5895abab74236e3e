@org.jspecify.annotations.NullMarked
package io.wanspec.evaluation.roundbench;
