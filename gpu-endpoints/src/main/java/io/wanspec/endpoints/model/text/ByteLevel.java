package io.wanspec.endpoints.model.text;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

/** GPT-2's printable stand-ins for bytes: printable Latin-1 stands for itself, the rest follows from U+0100 on. */
final class ByteLevel {
    private static final Map<Character, Byte> BYTES = table();

    private ByteLevel() {}

    /** The bytes that a vocabulary entry stands for. */
    static byte[] bytes(String token) {
        byte[] bytes = new byte[token.length()];
        for (int i = 0; i < bytes.length; i++) {
            Byte value = BYTES.get(token.charAt(i));
            if (value == null) {
                return token.getBytes(StandardCharsets.UTF_8);
            }
            bytes[i] = value;
        }
        return bytes;
    }

    private static Map<Character, Byte> table() {
        Map<Character, Byte> table = new HashMap<>();
        char next = 0x100;
        for (int value = 0; value < 256; value++) {
            boolean printable = (value >= '!' && value <= '~') || (value >= 0xA1 && value <= 0xAC) || value >= 0xAE;
            table.put(printable ? (char) value : next++, (byte) value);
        }
        return table;
    }
}
