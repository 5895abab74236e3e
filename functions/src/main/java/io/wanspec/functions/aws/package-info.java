/** What the clients of AWS's own services have in common. */
@NullMarked
package io.wanspec.functions.aws;

import org.jspecify.annotations.NullMarked;
