package io.wanspec.it.figures;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;

/** Tables of {@code wanspec eval-draft}, and of the draft's own card. */
final class DraftTables {
    static final Map<String, Supplier<String>> ALL = Map.of(
            "acceptance", DraftTables::acceptance,
            "card", DraftTables::card,
            "draft-goals", DraftTables::goals);

    private static final String CARD = "models/smollm2-135m-draft/acceptance.json";
    private static final int POSITIONS = 4;
    private static final String NOT_MET = "**not met**";

    private DraftTables() {}

    private static String acceptance() {
        Measured few = Measured.read("eval-draft-64");
        Table table = new Table("", "temperature 0", "temperature 0.8");
        both(table, "**acceptance**", few, each -> "**" + share(each, "acceptance") + "**");
        both(table, "tokens", few, each -> count(each, "tokens"));
        both(table, "prompt lookup alone (it drafted)", few, DraftTables::lookup);
        both(table, "acceptance of draft 1, 2, 3, 4 of a round, given those before", few, DraftTables::byPosition);
        both(table, "target's token 2nd, 3rd, 4th, beyond, of all mismatches", few, DraftTables::ranks);
        both(table, "AUC of the entropy", few, each -> share(each, "auc"));
        both(table, "AUC of the surprisal of the draft's own choice", few, each -> share(each, "surprisalAuc"));
        both(table, "acceptance by the draft's own chance, in tenths from 0", few, DraftTables::byChance);
        return table.from(few);
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
        Table table = new Table("goal", "on answers of up to", "measured", "");
        Measured eval = Measured.read("eval-draft-64");
        goal(table, "64 tokens", eval, 0, 0.65);
        goal(table, "64 tokens", eval, 1, 0.55);
        Measured bench = Measured.read("bench");
        double worst = bench.number("/goals/draft/worst");
        double most = bench.number("/goals/draft/atMost");
        String what = "a draft pass at most " + Measured.format(most, "0.###") + " of a target pass";
        table.row(what, "", Measured.format(worst, "0.000"), worst <= most ? "met" : NOT_MET);
        return table.toString();
    }

    private static void goal(Table table, String answers, Measured eval, int at, double least) {
        double acceptance = eval.number("/" + at + "/acceptance");
        String temperature = Measured.format(eval.number("/" + at + "/temperature"), "0.#");
        table.row(
                "acceptance at temperature " + temperature + " at least " + Measured.format(least, "0.00"),
                answers,
                Measured.format(acceptance, "0.000"),
                acceptance >= least ? "met" : NOT_MET);
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
