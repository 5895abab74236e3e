package io.wanspec.endpoints.model.text;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

/** GPT-2's printable stand-ins for bytes: printable Latin-1 stands for itself, the rest follows from U+0100 on. */
public final class ByteLevel {
    private static final char[] STAND_INS = standIns();
    private static final Map<Character, Byte> BYTES = table();

    private ByteLevel() {}

    /** The character that stands for a byte, 0 to 255. */
    public static char standIn(int value) {
        return STAND_INS[value];
    }

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

    private static char[] standIns() {
        char[] standIns = new char[256];
        char next = 0x100;
        for (int value = 0; value < standIns.length; value++) {
            boolean printable = (value >= '!' && value <= '~') || (value >= 0xA1 && value <= 0xAC) || value >= 0xAE;
            standIns[value] = printable ? (char) value : next++;
        }
        return standIns;
    }

    private static Map<Character, Byte> table() {
        Map<Character, Byte> table = new HashMap<>();
        for (int value = 0; value < STAND_INS.length; value++) {
            table.put(STAND_INS[value], (byte) value);
        }
        return table;
    }
}
