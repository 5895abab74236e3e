/** What a deployment costs and saves, before it is made. */
@NullMarked
package io.wanspec.infra.plan;

import org.jspecify.annotations.NullMarked;
