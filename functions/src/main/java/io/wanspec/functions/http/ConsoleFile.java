package io.wanspec.functions.http;

import io.micronaut.http.MediaType;

/**
 * A file of the console's page.
 *
 * @param name as in {@code /console/NAME}
 * @param tag changes with its content (RFC 9110, section 8.8.3); weak, since answers may be compressed
 */
@SuppressWarnings("ArrayRecordComponent")
record ConsoleFile(String name, MediaType type, byte[] bytes, String tag) {}
