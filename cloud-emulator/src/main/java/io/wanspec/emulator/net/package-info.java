/**
 * What the local cloud's servers share: event loops, loopback listeners, one-exchange-at-a-time HTTP/1.1 connections, and
 * streamed calls to an HTTP server behind them. Everything here runs on event loops; nothing blocks one.
 */
@NullMarked
package io.wanspec.emulator.net;

import org.jspecify.annotations.NullMarked;
