package io.wanspec.it.figures;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;

/** Tables of {@code wanspec eval-draft}, and of the draft's own card. */
final class DraftTables {
    static final Map<String, Supplier<String>> ALL =
            Map.of("acceptance", DraftTables::acceptance, "card", DraftTables::card, "draft-goals", DraftTables::goals);

    private static final String CARD = "models/smollm2-135m-draft/acceptance.json";
    private static final int POSITIONS = 4;

    private DraftTables() {}

    private static String acceptance() {
        Measured few = Measured.read("eval-draft-64");
        Measured many = Measured.read("eval-draft-200");
        Table table = new Table("", "temperature 0", "temperature 0.8");
        both(
                table,
                "**acceptance**, answers of up to 200 tokens",
                many,
                each -> "**" + share(each, "acceptance") + "**");
        both(table, "their tokens", many, each -> count(each, "tokens"));
        both(table, "prompt lookup alone, on the same", many, each -> share(each, "lookupAcceptance"));
        both(table, "**acceptance**, up to 64 tokens", few, each -> "**" + share(each, "acceptance") + "**");
        both(table, "their tokens", few, each -> count(each, "tokens"));
        both(table, "prompt lookup alone (it had a guess at)", few, DraftTables::lookup);
        both(table, "acceptance of draft 1, 2, 3, 4 of a round, given those before", few, DraftTables::byPosition);
        both(table, "target's token 2nd, 3rd, 4th, beyond, of all mismatches", few, DraftTables::ranks);
        both(table, "AUC of the entropy", few, each -> share(each, "auc"));
        both(table, "AUC of the surprisal of the draft's own choice", few, each -> share(each, "surprisalAuc"));
        both(table, "acceptance by the draft's own chance, in tenths from 0", few, DraftTables::byChance);
        return table.from(few, many);
    }

    private static void both(Table table, String what, Measured measured, Function<JsonNode, String> cell) {
        table.row(what, cell.apply(measured.at("/0")), cell.apply(measured.at("/1")));
    }

    private static String share(JsonNode each, String field) {
        return Measured.format(each.required(field).asDouble(), "0.000");
    }

    private static String count(JsonNode each, String field) {
        return Measured.format(each.required(field).asDouble(), "#,##0");
    }

    private static String lookup(JsonNode each) {
        return share(each, "lookupAcceptance") + " (" + share(each, "lookupProposed") + ")";
    }

    private static String byPosition(JsonNode each) {
        List<String> shares = new ArrayList<>();
        for (int i = 0; i < POSITIONS; i++) {
            shares.add(Measured.format(each.at("/acceptanceByPosition/" + i).asDouble(), "0.000"));
        }
        return String.join(", ", shares);
    }

    private static String ranks(JsonNode each) {
        JsonNode ranks = each.path("rankAfterMismatch");
        return String.join(
                ", ", share(ranks, "second"), share(ranks, "third"), share(ranks, "fourth"), share(ranks, "beyond"));
    }

    private static String byChance(JsonNode each) {
        List<String> shares = new ArrayList<>();
        each.path("chanceBins")
                .forEach(bin -> shares.add(
                        bin.path("acceptance").isNull()
                                ? "-"
                                : Measured.format(bin.path("acceptance").asDouble(), "0.00")));
        return String.join(", ", shares);
    }

    private static String goals() {
        Measured many = Measured.read("eval-draft-200");
        Measured few = Measured.read("eval-draft-64");
        Table table = new Table("goal", "measured", "");
        goal(table, "acceptance at temperature 0 at least 0.65", 0.65, 0, many, few);
        goal(table, "acceptance at temperature 0.8 at least 0.55", 0.55, 1, many, few);
        if (!Measured.isMeasured("bench")) {
            return table.toString();
        }
        Measured bench = Measured.read("bench");
        double worst = bench.number("/goals/draft/worst");
        double most = bench.number("/goals/draft/atMost");
        return table.row(
                        "a draft pass at most " + Measured.format(most, "0.###") + " of a target pass",
                        "at worst " + Measured.format(worst, "0.000"),
                        worst <= most ? "met" : "**not met**")
                .toString();
    }

    private static void goal(Table table, String what, double least, int temperature, Measured many, Measured few) {
        double whole = many.number("/" + temperature + "/acceptance");
        double start = few.number("/" + temperature + "/acceptance");
        String verdict = start >= least ? "met" : whole >= least ? "met on whole answers only" : "**not met**";
        table.row(
                what,
                Measured.format(whole, "0.000") + " on whole answers of up to 200 tokens; "
                        + Measured.format(start, "0.000") + " on their first 64",
                verdict);
    }

    /** What {@code python -m distill measure} wrote beside the files. */
    private static String card() {
        Table table =
                new Table("rule", "reply tokens", "mean over tokens", "mean over prompts", "tokens per target pass");
        for (JsonNode each : JsonFile.read(CARD)) {
            boolean greedy = each.path("temperature").asDouble() == 0;
            table.row(
                    greedy ? "greedy: both pick their argmax" : "temperature 0.8: the same Gumbel noise in both",
                    count(each, "tokens"),
                    "**" + share(each, "by_token") + "**",
                    share(each, "by_prompt"),
                    Measured.format(each.required("tokens_per_pass").asDouble(), "0.00"));
        }
        return table.toString();
    }
}
