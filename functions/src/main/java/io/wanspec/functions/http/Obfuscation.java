package io.wanspec.functions.http;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.security.SecureRandom;

/**
 * Fills chunks up to a size that few texts of a round exceed. Who sees only how much an encrypted stream carries would else learn how many draft tokens were
 * accepted at a time, and from that something of the text.
 */
final class Obfuscation {
    /** Chunks have a multiple of so many bytes. */
    static final int CHUNK_BYTES = 1_024;

    private static final String FIELD = "obfuscation";
    private static final String CHARACTERS = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";
    private static final SecureRandom RANDOM = new SecureRandom();

    private Obfuscation() {}

    static ObjectNode fill(ObjectNode chunk) {
        int bytes = Json.bytes(chunk.put(FIELD, "")).length;
        return chunk.put(FIELD, random(Math.floorMod(-bytes, CHUNK_BYTES)));
    }

    /** Filling that compresses well would be none. */
    private static String random(int length) {
        StringBuilder filling = new StringBuilder(length);
        for (int i = 0; i < length; i++) {
            filling.append(CHARACTERS.charAt(RANDOM.nextInt(CHARACTERS.length())));
        }
        return filling.toString();
    }
}
