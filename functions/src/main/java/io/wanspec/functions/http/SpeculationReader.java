package io.wanspec.functions.http;

import io.wanspec.contracts.Limits;
import io.wanspec.functions.settings.DraftKind;
import io.wanspec.functions.settings.Drafts;
import io.wanspec.functions.settings.Goals;
import io.wanspec.functions.settings.Mode;
import io.wanspec.functions.settings.RedundancyKind;
import io.wanspec.functions.settings.Speculation;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.function.Function;

/** A request's own {@code wanspec} object. What it leaves out is as configured. */
final class SpeculationReader {
    private final Speculation defaults;

    SpeculationReader(Speculation defaults) {
        this.defaults = defaults;
    }

    /** @param fields of which {@code include_token_ids} was asked for already */
    Speculation read(Fields fields) {
        Mode mode = choice(fields, "mode", Mode.names(), Mode::named).orElse(defaults.mode());
        OptionalDouble price = fields.number("price", 0, false, Speculation.PRICE_MAX);
        var read = new Speculation(
                mode,
                choice(fields, "goal", Goals.names(), Goals::named).orElse(defaults.goal()),
                choice(fields, "redundancy", RedundancyKind.names(), RedundancyKind::named)
                        .or(defaults::redundancy),
                fields.number("entropy_threshold", 0, false, Speculation.ENTROPY_NATS_MAX)
                        .orElse(defaults.entropyThresholdNats()),
                price.isPresent() ? price : defaults.price(),
                drafts(fields, mode));
        fields.refuseOthers();
        return read;
    }

    private Drafts drafts(Fields fields, Mode mode) {
        Drafts absent = defaults.drafts(kind(fields, mode));
        return new Drafts(
                absent.kind(),
                either(fields.integer("run_length", 1, Limits.RUN_TOKENS_MAX), absent.runLength()),
                either(fields.integer("window", 1, Limits.WINDOW_TOKENS_MAX), absent.window()),
                either(treeOnly(fields, "pass_nodes", Limits.PASS_NODES_MAX, absent.kind()), absent.passNodes()),
                either(treeOnly(fields, "candidates", Limits.CANDIDATES_MAX, absent.kind()), absent.candidates()));
    }

    private static OptionalInt either(OptionalInt asked, OptionalInt configured) {
        return asked.isPresent() ? asked : configured;
    }

    /** Co-located speculation is that of the textbook: chains. */
    private DraftKind kind(Fields fields, Mode mode) {
        Optional<DraftKind> asked = choice(fields, "draft", DraftKind.names(), DraftKind::named);
        if (mode != Mode.COLOCATED) {
            return asked.orElse(defaults.drafts().kind());
        }
        if (asked.isPresent() && asked.get() != DraftKind.CHAIN) {
            throw ApiException.invalid(
                    fields.path("draft"),
                    "Invalid value for '" + fields.path("draft")
                            + "': mode 'colocated' drafts chains only. Leave it out, or " + "ask for mode 'wanspec'.");
        }
        return DraftKind.CHAIN;
    }

    private static OptionalInt treeOnly(Fields fields, String name, int most, DraftKind kind) {
        OptionalInt value = fields.integer(name, 1, most);
        if (value.isPresent() && kind != DraftKind.TREE) {
            throw ApiException.invalid(
                    fields.path(name),
                    "'" + fields.path(name) + "' is for drafts that are trees. Leave it out, or set '"
                            + fields.path("draft") + "' to 'tree'.");
        }
        return value;
    }

    private static <T> Optional<T> choice(
            Fields fields, String name, String names, Function<String, Optional<T>> named) {
        return fields.string(name)
                .map(value -> named.apply(value)
                        .orElseThrow(() -> ApiException.invalid(
                                fields.path(name),
                                "Invalid value for '" + fields.path(name) + "': must be one of " + names + ".")));
    }
}
