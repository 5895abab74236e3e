package io.wanspec.functions.table;

import java.nio.charset.StandardCharsets;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** How large DynamoDB takes an item to be: its names and values. */
public final class ItemSize {
    private static final int NUMBER_BYTES = 21;
    private static final int ELEMENT_BYTES = 4;

    private ItemSize() {}

    public static int bytes(Item item) {
        return item.toAttributes().entrySet().stream()
                .mapToInt(entry -> utf8(entry.getKey()) + bytes(entry.getValue()))
                .sum();
    }

    private static int bytes(AttributeValue value) {
        return switch (value.type()) {
            case S -> utf8(value.s());
            case B -> value.b().asByteArrayUnsafe().length;
            case N -> NUMBER_BYTES;
            case L ->
                ELEMENT_BYTES
                        + value.l().stream()
                                .mapToInt(element -> ELEMENT_BYTES + bytes(element))
                                .sum();
            case SS, NS, BS, M, BOOL, NUL, UNKNOWN_TO_SDK_VERSION ->
                throw new IllegalArgumentException("the table has no such values: " + value.type());
        };
    }

    private static int utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }
}
