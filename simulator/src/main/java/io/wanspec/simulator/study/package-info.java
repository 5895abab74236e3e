/** What a study is asked for, its findings, and how they are listed. */
@NullMarked
package io.wanspec.simulator.study;

import org.jspecify.annotations.NullMarked;
