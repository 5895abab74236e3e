/** The layout in AWS: one region with the target, the API and the functions, and regions with drafts. */
@NullMarked
package io.wanspec.infra;

import org.jspecify.annotations.NullMarked;
