package io.wanspec.functions.schema;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Least and greatest numbers.
 *
 * @param least an integer; {@code -LIMIT} where none is said
 * @param greatest an integer; {@code LIMIT} where none is said
 * @param aboveLeast whether the least itself is out
 * @param belowGreatest whether the greatest itself is out
 */
record NumberBounds(long least, long greatest, boolean aboveLeast, boolean belowGreatest) {
    /** Beyond it numbers lose digits in many readers. */
    private static final long LIMIT = 999_999_999_999_999L;

    /** @param isInteger whether fractions are out */
    static NumberBounds read(Keywords keywords, boolean isInteger) {
        Bound low = tighter(
                bound(keywords, "minimum", false),
                bound(keywords, "exclusiveMinimum", true),
                new Bound(-LIMIT, false),
                1);
        Bound high = tighter(
                bound(keywords, "maximum", false),
                bound(keywords, "exclusiveMaximum", true),
                new Bound(LIMIT, false),
                -1);
        var bounds = new NumberBounds(low.value(), high.value(), low.isOut(), high.isOut());
        if (isInteger ? !bounds.hasIntegers() : !bounds.hasNumbers()) {
            throw SchemaException.invalid(
                    keywords.path(keywords.has("maximum") ? "maximum" : "exclusiveMaximum"),
                    "leaves no " + (isInteger ? "integer" : "number")
                            + " above the minimum. Leave one at least between both.");
        }
        return bounds;
    }

    private record Bound(long value, boolean isOut) {}

    private static @Nullable Bound bound(Keywords keywords, String keyword, boolean isOut) {
        JsonNode node = keywords.find(keyword);
        if (node == null) {
            return null;
        }
        if (!node.isNumber()) {
            throw SchemaException.invalid(keywords.path(keyword), "must be a number.");
        }
        double value = node.doubleValue();
        if (value != Math.rint(value) || Math.abs(value) > LIMIT) {
            throw SchemaException.unsupported(
                    keywords.path(keyword), "Only integers of at most 15 digits are: use the nearest one.");
        }
        return new Bound(BigDecimal.valueOf(value).longValueExact(), isOut);
    }

    /** @param sign 1 for what is least, -1 for what is greatest */
    private static Bound tighter(@Nullable Bound one, @Nullable Bound other, Bound none, int sign) {
        if (one == null || other == null) {
            return one != null ? one : other != null ? other : none;
        }
        long difference = sign * (one.value() - other.value());
        return difference > 0 || (difference == 0 && one.isOut()) ? one : other;
    }

    boolean isNone() {
        return least == -LIMIT && greatest == LIMIT;
    }

    private boolean hasIntegers() {
        return firstInteger() <= lastInteger();
    }

    private boolean hasNumbers() {
        return least < greatest || hasIntegers();
    }

    private long firstInteger() {
        return least + (aboveLeast ? 1 : 0);
    }

    private long lastInteger() {
        return greatest - (belowGreatest ? 1 : 0);
    }

    /** All integers between. */
    String integers() {
        List<String> ways = new ArrayList<>();
        long first = firstInteger();
        long last = lastInteger();
        if (first < 0) {
            ways.add("\"-\" " + between(Math.max(1, -last), -first));
        }
        if (last >= 0) {
            ways.add(between(Math.max(0, first), last));
        }
        return any(ways);
    }

    /** All integers between, and all that lies between those, in 15 more digits. */
    String decimals() {
        List<String> ways = new ArrayList<>();
        if (hasIntegers()) {
            ways.add(integers());
        }
        if (least < 0) {
            fractions(Math.max(0, -greatest), greatest >= 0 || belowGreatest, -least)
                    .forEach(way -> ways.add("\"-\" " + way));
        }
        if (greatest > 0) {
            ways.addAll(fractions(Math.max(0, least), least >= 0 && aboveLeast, greatest));
        }
        return any(ways);
    }

    /** What has a fraction, from {@code low}, or above it, to below {@code high}. */
    private static List<String> fractions(long low, boolean aboveLow, long high) {
        List<String> ways = new ArrayList<>();
        if (low < high && aboveLow) {
            ways.add("\"" + low + ".\" [0-9]{0,14} [1-9]");
        }
        long first = aboveLow ? low + 1 : low;
        if (first < high) {
            ways.add(between(first, high - 1) + " \".\" [0-9]{1,15}");
        }
        return ways;
    }

    /** All integers from {@code low}, which is not negative, to {@code high}. */
    static String between(long low, long high) {
        List<String> ways = new ArrayList<>();
        long from = low;
        while (from <= high) {
            String digits = String.valueOf(from);
            long to = Math.min(high, digits.length() == JsonRules.DIGITS_MAX ? high : nines(digits.length()));
            ways.add(alike(digits, String.valueOf(to)));
            from = to + 1;
        }
        return any(ways);
    }

    private static long nines(int digits) {
        return Long.parseLong("9".repeat(digits));
    }

    /** Between two numbers of as many digits. */
    private static String alike(String low, String high) {
        if (low.isEmpty()) {
            return "\"\"";
        }
        char first = low.charAt(0);
        char last = high.charAt(0);
        String lowRest = low.substring(1);
        String highRest = high.substring(1);
        if (isAll(lowRest, '0') && isAll(highRest, '9')) {
            return digit(first, last) + (lowRest.isEmpty() ? "" : " [0-9]{" + lowRest.length() + "}");
        }
        if (first == last) {
            return "\"" + first + "\" " + alike(lowRest, highRest);
        }
        List<String> ways = new ArrayList<>();
        char from = first;
        char to = last;
        if (!isAll(lowRest, '0')) {
            ways.add("\"" + first + "\" " + alike(lowRest, "9".repeat(lowRest.length())));
            from++;
        }
        if (!isAll(highRest, '9')) {
            ways.add("\"" + last + "\" " + alike("0".repeat(highRest.length()), highRest));
            to--;
        }
        if (from <= to) {
            ways.add(digit(from, to) + " [0-9]{" + lowRest.length() + "}");
        }
        return any(ways);
    }

    private static String digit(char from, char to) {
        return from == to ? "\"" + from + "\"" : "[" + from + "-" + to + "]";
    }

    private static boolean isAll(String digits, char digit) {
        return digits.chars().allMatch(c -> c == digit);
    }

    private static String any(List<String> ways) {
        return ways.size() == 1 ? ways.getFirst() : ways.stream().collect(Collectors.joining(" | ", "(", ")"));
    }
}
