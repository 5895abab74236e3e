package io.wanspec.functions.http;

import io.wanspec.contracts.Limits;
import io.wanspec.contracts.request.Choice;
import io.wanspec.contracts.request.DraftKind;
import io.wanspec.contracts.request.DraftOptions;
import io.wanspec.contracts.request.Goal;
import io.wanspec.contracts.request.Mode;
import io.wanspec.contracts.request.RedundancyKind;
import io.wanspec.contracts.request.Speculation;
import io.wanspec.contracts.request.SpeculationFields;
import io.wanspec.contracts.request.TimelineWish;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/** A request's own {@code wanspec} object. What it leaves out is as configured. */
final class SpeculationReader {
    private final Speculation defaults;

    SpeculationReader(Speculation defaults) {
        this.defaults = defaults;
    }

    /** @param fields of which {@link SpeculationFields#INCLUDE_TOKEN_IDS} was asked for already */
    Speculation read(Fields fields) {
        Mode mode = choice(fields, SpeculationFields.MODE, Mode.class).orElse(defaults.mode());
        OptionalDouble price = fields.number(SpeculationFields.PRICE, 0, false, Limits.PRICE_MAX);
        var read = new Speculation(
                mode,
                choice(fields, SpeculationFields.GOAL, Goal.class).orElse(defaults.goal()),
                choice(fields, SpeculationFields.REDUNDANCY, RedundancyKind.class)
                        .or(defaults::redundancy),
                either(
                        fields.number(SpeculationFields.ENTROPY_THRESHOLD, 0, false, Limits.ENTROPY_NATS_MAX),
                        defaults.entropyThresholdNats()),
                either(price, defaults.price()),
                drafts(fields, mode),
                choice(fields, SpeculationFields.TIMELINE, TimelineWish.class).orElse(defaults.timeline()));
        fields.refuseOthers();
        return read;
    }

    private DraftOptions drafts(Fields fields, Mode mode) {
        DraftOptions absent = defaults.drafts(kind(fields, mode));
        DraftKind kind = absent.kind();
        return new DraftOptions(
                kind,
                either(fields.integer(SpeculationFields.RUN_LENGTH, 1, Limits.RUN_TOKENS_MAX), absent.runLength()),
                either(fields.integer(SpeculationFields.WINDOW, 1, Limits.WINDOW_TOKENS_MAX), absent.window()),
                either(treeOnly(fields, SpeculationFields.PASS_NODES, Limits.PASS_NODES_MAX, kind), absent.passNodes()),
                either(
                        treeOnly(fields, SpeculationFields.CANDIDATES, Limits.CANDIDATES_MAX, kind),
                        absent.candidates()));
    }

    private static OptionalInt either(OptionalInt asked, OptionalInt configured) {
        return asked.isPresent() ? asked : configured;
    }

    private static OptionalDouble either(OptionalDouble asked, OptionalDouble configured) {
        return asked.isPresent() ? asked : configured;
    }

    /** Co-located speculation is that of the textbook: chains. */
    private DraftKind kind(Fields fields, Mode mode) {
        Optional<DraftKind> asked = choice(fields, SpeculationFields.DRAFT, DraftKind.class);
        if (mode != Mode.COLOCATED) {
            return asked.orElse(defaults.drafts().kind());
        }
        if (asked.isPresent() && asked.get() != DraftKind.CHAIN) {
            throw ApiException.invalid(
                    fields.path(SpeculationFields.DRAFT),
                    "Invalid value for '" + fields.path(SpeculationFields.DRAFT)
                            + "': mode 'colocated' drafts chains only. Leave it out, or ask for mode 'wanspec'.");
        }
        return DraftKind.CHAIN;
    }

    private static OptionalInt treeOnly(Fields fields, String name, int most, DraftKind kind) {
        OptionalInt value = fields.integer(name, 1, most);
        if (value.isPresent() && kind != DraftKind.TREE) {
            throw ApiException.invalid(
                    fields.path(name),
                    "'" + fields.path(name) + "' is for drafts that are trees. Leave it out, or set '"
                            + fields.path(SpeculationFields.DRAFT) + "' to 'tree'.");
        }
        return value;
    }

    private static <C extends Enum<C> & Choice> Optional<C> choice(Fields fields, String name, Class<C> type) {
        return fields.string(name)
                .map(word -> Choice.find(type, word)
                        .orElseThrow(() -> ApiException.invalid(
                                fields.path(name),
                                "Invalid value for '" + fields.path(name) + "': must be one of " + Choice.words(type)
                                        + ".")));
    }
}
