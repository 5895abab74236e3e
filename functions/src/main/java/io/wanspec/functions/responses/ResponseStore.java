package io.wanspec.functions.responses;

import io.wanspec.functions.access.Ownership;
import io.wanspec.functions.table.Condition;
import io.wanspec.functions.table.Due;
import io.wanspec.functions.table.Item;
import io.wanspec.functions.table.ItemKey;
import io.wanspec.functions.table.Table;
import io.wanspec.functions.table.Update;
import java.io.ByteArrayOutputStream;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Responses in the table: {@code head}, with the first part of the document, and {@code input#nnnn} with what an item cannot
 * hold. The head is written last and deleted first, so that a response is there whole or not at all.
 */
public final class ResponseStore {
    /** Below the 400 KB of an item, with room for everything else that it holds. */
    static final int PART_BYTES_MAX = 300_000;

    /** More than any body and any context hold. */
    private static final int PARTS_MAX = 100;

    private static final String OWNER = "owner";
    private static final String DOCUMENT = "document";
    private static final String PARTS = "parts";
    private static final String CANCELLED = "cancelled";

    private final Table table;
    private final Clock clock;
    private final Duration timeToLive;

    /** @param timeToLive no longer than that of sessions: a response without a text is of no use */
    public ResponseStore(Table table, Clock clock, Duration timeToLive) {
        this.table = table;
        this.clock = clock;
        this.timeToLive = timeToLive;
    }

    /**
     * Remembers a response before its text begins. Blocks, as all here do.
     *
     * @throws software.amazon.awssdk.core.exception.SdkException if the table does not answer
     * @throws IllegalArgumentException if the conversation is larger than can be remembered
     */
    public void put(ResponseHead head, Ownership owner, Conversation conversation) {
        byte[] document = new ResponseDocument(head, conversation).write();
        Instant expiresAt = clock.instant().plus(timeToLive);
        int parts = Math.max(1, Math.ceilDiv(document.length, PART_BYTES_MAX));
        if (parts > PARTS_MAX) {
            throw new IllegalArgumentException("the conversation is too large to be remembered");
        }
        for (int part = parts - 1; part >= 0; part--) {
            Item item = Item.of(key(head.id(), part))
                    .with(DOCUMENT, part(document, part))
                    .expiring(expiresAt);
            table.put(part > 0 ? item : Due.at(item.with(OWNER, owner.owner()).with(PARTS, parts), expiresAt));
        }
    }

    /** Somebody else's is as one that is not there. */
    public Optional<ResponseRecord> find(ResponseId id, Ownership owner) {
        return table.get(key(id, 0))
                .filter(head -> owner.reaches(head.text(OWNER)))
                .map(head -> read(id, head));
    }

    /** False if it is not there. */
    public boolean cancel(ResponseId id) {
        return table.update(key(id, 0), Update.none().set(CANCELLED, 1), Condition.present())
                .tookEffect();
    }

    public void delete(ResponseId id) {
        int parts = table.get(key(id, 0)).map(head -> (int) head.number(PARTS)).orElse(0);
        for (int part = 0; part < parts; part++) {
            table.delete(key(id, part));
        }
    }

    private ResponseRecord read(ResponseId id, Item head) {
        int parts = (int) head.number(PARTS);
        var document = new ByteArrayOutputStream();
        document.writeBytes(head.bytes(DOCUMENT));
        if (parts > 1) {
            List<Item> rest = table.query(pk(id), "input#", parts);
            rest.forEach(item -> document.writeBytes(item.bytes(DOCUMENT)));
        }
        ResponseDocument read = ResponseDocument.read(document.toByteArray());
        return new ResponseRecord(
                read.head(),
                new Ownership(head.text(OWNER)),
                read.conversation(),
                head.findNumber(CANCELLED).isPresent(),
                Instant.ofEpochSecond(head.number(Item.EXPIRES_AT)));
    }

    private static byte[] part(byte[] document, int part) {
        int from = part * PART_BYTES_MAX;
        return Arrays.copyOfRange(document, from, Math.min(from + PART_BYTES_MAX, document.length));
    }

    private static ItemKey key(ResponseId id, int part) {
        return part == 0 ? ItemKey.head(pk(id)) : new ItemKey(pk(id), String.format(Locale.ROOT, "input#%04d", part));
    }

    private static String pk(ResponseId id) {
        return "response#" + id.value();
    }
}
