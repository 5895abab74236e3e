package io.wanspec.functions.table;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * Changes to some attributes of an item; the others stay. An item that is not there comes into being, unless the condition
 * asks for one.
 */
public record Update(List<Step> steps) {
    public Update {
        steps = List.copyOf(steps);
    }

    /** One attribute's change. */
    sealed interface Step {
        String attribute();
    }

    record Set(String attribute, AttributeValue value) implements Step {}

    /** Adds to a number, which is 0 where it is missing. */
    record Add(String attribute, long number) implements Step {}

    record Remove(String attribute) implements Step {}

    public static Update none() {
        return new Update(List.of());
    }

    public Update set(String attribute, String text) {
        return set(attribute, AttributeValue.fromS(text));
    }

    public Update set(String attribute, long number) {
        return set(attribute, Item.number(number));
    }

    public Update set(String attribute, AttributeValue value) {
        return then(new Set(attribute, value));
    }

    public Update add(String attribute, long number) {
        return then(new Add(attribute, number));
    }

    public Update remove(String attribute) {
        return then(new Remove(attribute));
    }

    private Update then(Step step) {
        List<Step> more = new ArrayList<>(steps);
        more.add(step);
        return new Update(more);
    }

    /** What the table makes of an item: the meaning that models of it share. */
    public Item apply(ItemKey key, @Nullable Item before) {
        Item item = before == null ? Item.of(key) : before;
        for (Step step : steps) {
            item = switch (step) {
                case Set(var name, var value) -> item.with(name, value);
                case Add(var name, var number) ->
                    item.with(name, item.findNumber(name).orElse(0) + number);
                case Remove(var name) -> item.without(name);
            };
        }
        return item;
    }
}
