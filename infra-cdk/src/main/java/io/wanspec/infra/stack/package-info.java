/** What is deployed to a region of an account as one. */
@NullMarked
package io.wanspec.infra.stack;

import org.jspecify.annotations.NullMarked;
