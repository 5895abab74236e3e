package io.wanspec.functions.table;

import java.util.Map;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * Where an item lies.
 *
 * @param pk its family and whose it is, such as {@code session#sess_1f}
 * @param sk which of the family's items it is, such as {@code head}
 */
public record ItemKey(String pk, String sk) {
    public static final String PK = "pk";
    public static final String SK = "sk";

    /** The item that says what the others of its partition belong to. */
    public static final String HEAD = "head";

    /** DynamoDB's bounds. */
    private static final int PK_BYTES_MAX = 2_048;

    private static final int SK_BYTES_MAX = 1_024;

    public ItemKey {
        if (pk.isEmpty() || sk.isEmpty() || 4 * pk.length() > PK_BYTES_MAX || 4 * sk.length() > SK_BYTES_MAX) {
            throw new IllegalArgumentException("an item's key has 1 to 512 characters, its sort key 1 to 256");
        }
    }

    public static ItemKey head(String pk) {
        return new ItemKey(pk, HEAD);
    }

    Map<String, AttributeValue> toAttributes() {
        return Map.of(PK, AttributeValue.fromS(pk), SK, AttributeValue.fromS(sk));
    }
}
