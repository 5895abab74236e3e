package io.wanspec.functions.store;

import io.wanspec.contracts.request.Choice;
import io.wanspec.contracts.request.DraftKind;
import io.wanspec.contracts.request.DraftOptions;
import io.wanspec.contracts.request.Goal;
import io.wanspec.contracts.request.Mode;
import io.wanspec.contracts.request.RedundancyKind;
import io.wanspec.contracts.request.Speculation;
import io.wanspec.contracts.request.TimelineWish;
import io.wanspec.functions.table.Item;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/** How a request is decoded, as attributes of its session's head. What it leaves open has none. */
final class SpeculationItem {
    private SpeculationItem() {}

    static Item write(Item item, Speculation speculation) {
        DraftOptions drafts = speculation.drafts();
        Item with = item.with("mode", speculation.mode().word())
                .with("goal", speculation.goal().word())
                .with("draft", drafts.kind().word());
        if (speculation.redundancy().isPresent()) {
            with = with.with("redundancy", speculation.redundancy().get().word());
        }
        with = put(with, "entropyThreshold", speculation.entropyThresholdNats());
        with = put(with, "price", speculation.price());
        with = put(with, "runLength", drafts.runLength());
        with = put(with, "window", drafts.window());
        with = put(with, "passNodes", drafts.passNodes());
        with = put(with, "candidates", drafts.candidates());
        return speculation.timeline().isAsked()
                ? with.with("timeline", speculation.timeline().word())
                : with;
    }

    static Speculation read(Item item) {
        return new Speculation(
                choice(item, "mode", Mode.class).orElseThrow(),
                choice(item, "goal", Goal.class).orElseThrow(),
                choice(item, "redundancy", RedundancyKind.class),
                decimal(item, "entropyThreshold"),
                decimal(item, "price"),
                new DraftOptions(
                        choice(item, "draft", DraftKind.class).orElseThrow(),
                        integer(item, "runLength"),
                        integer(item, "window"),
                        integer(item, "passNodes"),
                        integer(item, "candidates")),
                choice(item, "timeline", TimelineWish.class).orElse(TimelineWish.NONE));
    }

    private static Item put(Item item, String name, OptionalInt value) {
        return value.isPresent() ? item.with(name, value.getAsInt()) : item;
    }

    private static Item put(Item item, String name, OptionalDouble value) {
        return value.isPresent() ? item.with(name, String.valueOf(value.getAsDouble())) : item;
    }

    private static <C extends Enum<C> & Choice> Optional<C> choice(Item item, String name, Class<C> type) {
        return item.findText(name).flatMap(word -> Choice.find(type, word));
    }

    private static OptionalInt integer(Item item, String name) {
        var found = item.findNumber(name);
        return found.isPresent() ? OptionalInt.of((int) found.getAsLong()) : OptionalInt.empty();
    }

    private static OptionalDouble decimal(Item item, String name) {
        return item.findText(name)
                .map(text -> OptionalDouble.of(Double.parseDouble(text)))
                .orElseGet(OptionalDouble::empty);
    }
}
