package io.wanspec.contracts.invoke;

/**
 * A message of a chat.
 *
 * @param role such as {@code system}, {@code user}, {@code assistant}
 * @param content its text
 */
public record ChatMessage(String role, String content) {}
