/** Tests of the whole: local cloud, real model processes, real clients. */
@NullMarked
package io.wanspec.it;

import org.jspecify.annotations.NullMarked;
