/** What every request passes before a route and every answer behind it: limits, hosts, origins, ids. */
@NullMarked
package io.wanspec.functions.edge;

import org.jspecify.annotations.NullMarked;
