/** What gateway, function and model server agree on at HTTP's edge: limits in words, ids of requests and traces, hosts. */
@NullMarked
package io.wanspec.contracts.http;

import org.jspecify.annotations.NullMarked;
