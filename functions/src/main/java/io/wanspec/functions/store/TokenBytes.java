package io.wanspec.functions.store;

import io.wanspec.contracts.Tokens;
import java.io.ByteArrayOutputStream;
import java.util.Arrays;

/** Token ids as bytes, seven bits each, lowest first: two bytes for most ids, so that the longest session fits an item. */
final class TokenBytes {
    private TokenBytes() {}

    static byte[] encode(Tokens tokens) {
        var bytes = new ByteArrayOutputStream(tokens.size() * 2);
        for (int i = 0; i < tokens.size(); i++) {
            int rest = tokens.get(i);
            while (rest > 0x7F) {
                bytes.write((rest & 0x7F) | 0x80);
                rest >>>= 7;
            }
            bytes.write(rest);
        }
        return bytes.toByteArray();
    }

    static Tokens decode(byte[] bytes) {
        int[] ids = new int[bytes.length];
        int count = 0;
        int shift = 0;
        for (byte unit : bytes) {
            ids[count] |= (unit & 0x7F) << shift;
            shift += 7;
            if (unit >= 0) {
                count++;
                shift = 0;
            }
        }
        return Tokens.of(Arrays.copyOf(ids, count));
    }
}
