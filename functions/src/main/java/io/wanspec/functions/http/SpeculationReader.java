package io.wanspec.functions.http;

import io.wanspec.contracts.Limits;
import io.wanspec.functions.settings.DraftKind;
import io.wanspec.functions.settings.Drafts;
import io.wanspec.functions.settings.Mode;
import io.wanspec.functions.settings.RedundancyKind;
import io.wanspec.functions.settings.Speculation;
import java.util.Optional;

/** A request's own {@code wanspec} object. What it leaves out is as configured. */
final class SpeculationReader {
    private final Speculation defaults;

    SpeculationReader(Speculation defaults) {
        this.defaults = defaults;
    }

    /** @param fields of which {@code include_token_ids} was asked for already */
    Speculation read(Fields fields) {
        Mode mode = fields.string("mode")
                .map(name -> Mode.named(name).orElseThrow(() -> notOneOf(fields, "mode", Mode.names())))
                .orElse(defaults.mode());
        var read = new Speculation(
                mode,
                fields.string("redundancy")
                        .map(name -> RedundancyKind.named(name)
                                .orElseThrow(() -> notOneOf(fields, "redundancy", RedundancyKind.names())))
                        .orElse(defaults.redundancy()),
                fields.number("entropy_threshold", 0, false, Speculation.ENTROPY_NATS_MAX)
                        .orElse(defaults.entropyThresholdNats()),
                fields.number("price_ms", 0, false, Speculation.PRICE_MS_MAX).orElse(defaults.priceMs()),
                drafts(fields, mode));
        fields.refuseOthers();
        return read;
    }

    private Drafts drafts(Fields fields, Mode mode) {
        Drafts absent = defaults.drafts(kind(fields, mode));
        return new Drafts(
                absent.kind(),
                fields.integer("run_length", 1, Limits.RUN_TOKENS_MAX).orElse(absent.runLength()),
                fields.integer("window", 1, Limits.WINDOW_TOKENS_MAX).orElse(absent.window()),
                treeOnly(fields, "pass_nodes", Limits.PASS_NODES_MAX, absent.kind(), absent.passNodes()),
                treeOnly(fields, "candidates", Limits.CANDIDATES_MAX, absent.kind(), absent.candidates()));
    }

    /** Co-located speculation is that of the textbook: chains. */
    private DraftKind kind(Fields fields, Mode mode) {
        Optional<DraftKind> asked = fields.string("draft")
                .map(name -> DraftKind.named(name).orElseThrow(() -> notOneOf(fields, "draft", DraftKind.names())));
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

    private static int treeOnly(Fields fields, String name, int most, DraftKind kind, int absent) {
        var value = fields.integer(name, 1, most);
        if (value.isPresent() && kind != DraftKind.TREE) {
            throw ApiException.invalid(
                    fields.path(name),
                    "'" + fields.path(name) + "' is for drafts that are trees. Leave it out, or set '"
                            + fields.path("draft") + "' to 'tree'.");
        }
        return value.orElse(absent);
    }

    private static ApiException notOneOf(Fields fields, String name, String names) {
        return ApiException.invalid(
                fields.path(name), "Invalid value for '" + fields.path(name) + "': must be one of " + names + ".");
    }
}
