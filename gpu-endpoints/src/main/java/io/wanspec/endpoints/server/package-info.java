/** The model server: the SageMaker container contract over HTTP and WebSockets, for either role. */
@NullMarked
package io.wanspec.endpoints.server;

import org.jspecify.annotations.NullMarked;
