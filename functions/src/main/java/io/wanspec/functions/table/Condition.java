package io.wanspec.functions.table;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** What must hold of an item, at the moment of a write, for the write to take effect. */
public sealed interface Condition {
    /** Holds of everything. */
    record Always() implements Condition {}

    /** The item is there and has the attribute. */
    record Has(String attribute) implements Condition {}

    /** The item has the attribute, of the value's type, and it compares so. */
    record Compare(String attribute, Operator operator, AttributeValue value) implements Condition {}

    /** All hold. */
    record All(List<Condition> parts) implements Condition {
        public All {
            parts = List.copyOf(parts);
        }
    }

    /** One holds at least. */
    record Any(List<Condition> parts) implements Condition {
        public Any {
            parts = List.copyOf(parts);
        }
    }

    /** It does not hold. */
    record Not(Condition part) implements Condition {}

    /** How values are compared: text by its bytes, numbers by size. */
    enum Operator {
        EQUAL("="),
        LESS("<"),
        AT_MOST("<="),
        AT_LEAST(">="),
        MORE(">");

        private final String sign;

        Operator(String sign) {
            this.sign = sign;
        }

        String sign() {
            return sign;
        }

        boolean holds(int comparison) {
            return switch (this) {
                case EQUAL -> comparison == 0;
                case LESS -> comparison < 0;
                case AT_MOST -> comparison <= 0;
                case AT_LEAST -> comparison >= 0;
                case MORE -> comparison > 0;
            };
        }
    }

    static Condition always() {
        return new Always();
    }

    static Condition present() {
        return new Has(ItemKey.PK);
    }

    static Condition absent() {
        return new Not(present());
    }

    /** For whoever creates: an item whose time is over is in nobody's way. */
    static Condition absentOrExpired(Instant now) {
        return absent().or(number(Item.EXPIRES_AT, Operator.AT_MOST, now.getEpochSecond()));
    }

    static Condition has(String attribute) {
        return new Has(attribute);
    }

    static Condition equal(String attribute, String text) {
        return new Compare(attribute, Operator.EQUAL, AttributeValue.fromS(text));
    }

    static Condition equal(String attribute, long number) {
        return number(attribute, Operator.EQUAL, number);
    }

    static Condition number(String attribute, Operator operator, long number) {
        return new Compare(attribute, operator, Item.number(number));
    }

    default Condition and(Condition other) {
        return new All(List.of(this, other));
    }

    default Condition or(Condition other) {
        return new Any(List.of(this, other));
    }

    default Condition negated() {
        return new Not(this);
    }

    /** What the table decides: the meaning that models of it share. */
    default boolean holds(@Nullable Item item) {
        return switch (this) {
            case Always() -> true;
            case Has(var attribute) ->
                item != null
                        && (attribute.equals(ItemKey.PK) || item.attributes().containsKey(attribute));
            case Compare compare ->
                item != null && compares(compare, item.attributes().get(compare.attribute()));
            case All(var parts) -> parts.stream().allMatch(part -> part.holds(item));
            case Any(var parts) -> parts.stream().anyMatch(part -> part.holds(item));
            case Not(var part) -> !part.holds(item);
        };
    }

    private static boolean compares(Compare compare, @Nullable AttributeValue found) {
        AttributeValue value = compare.value();
        if (found == null || found.type() != value.type()) {
            return false;
        }
        return compare.operator()
                .holds(
                        value.n() == null
                                ? found.s().compareTo(value.s())
                                : new BigDecimal(found.n()).compareTo(new BigDecimal(value.n())));
    }
}
