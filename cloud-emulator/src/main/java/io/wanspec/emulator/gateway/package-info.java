/**
 * API Gateway on this machine: a reverse proxy in front of the functions' HTTP server that keeps API Gateway's limits and
 * passes streamed answers on as they come.
 */
@NullMarked
package io.wanspec.emulator.gateway;

import org.jspecify.annotations.NullMarked;
