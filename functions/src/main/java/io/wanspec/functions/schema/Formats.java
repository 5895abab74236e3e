package io.wanspec.functions.schema;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The formats of strings that OpenAI's structured outputs know: narrower than their definitions, so that every reader takes what is written. */
final class Formats {
    private static final String DATE =
            "[12] [0-9]{3} \"-\" ((\"0\" [13578] | \"1\" [02]) \"-\" (\"0\" [1-9] | [12] [0-9] | \"3\" [01])"
                    + " | (\"0\" [469] | \"11\") \"-\" (\"0\" [1-9] | [12] [0-9] | \"30\")"
                    + " | \"02-\" (\"0\" [1-9] | \"1\" [0-9] | \"2\" [0-8]))";
    private static final String CLOCK =
            "([01] [0-9] | \"2\" [0-3]) \":\" [0-5] [0-9] \":\" [0-5] [0-9] (\".\" [0-9]{1,6})?";
    private static final String QUARTER = "\":\" (\"00\" | \"15\" | \"30\" | \"45\")";
    private static final String ZONE = " (\"Z\" | \"+\" (\"0\" [0-9] | \"1\" [0-3]) " + QUARTER
            + " | \"-\" (\"0\" [1-9] | \"1\" [0-2]) " + QUARTER + ")";

    /** Without a date there are readers that take no time which is one of another day in UTC. */
    private static final String TIME = CLOCK + " \"Z\"";

    private static final String HEX = "[0-9a-f]";
    private static final String OCTET = "(\"25\" [0-5] | \"2\" [0-4] [0-9] | \"1\" [0-9]{2} | [1-9] [0-9] | [0-9])";
    private static final String HOST = "[a-z0-9]{1,20} (\"-\" [a-z0-9]{1,20})?";
    private static final String HOSTNAME = HOST + " (\".\" " + HOST + "){0,3} \".\" [a-z]{2,10}";

    private static final Map<String, String> RULES = Map.of(
            "date", DATE,
            "time", TIME,
            "date-time", DATE + " \"T\" " + CLOCK + ZONE,
            "duration",
                    "\"P\" ([0-9]{1,4} [WMY] | [0-9]{1,4} \"D\" (\"T\" [0-9]{1,2} \"H\" ([0-9]{1,2} \"M\" ([0-9]{1,2} \"S\")?)?)?"
                            + " | \"T\" [0-9]{1,4} [HMS])",
            "uuid", HEX + "{8} (\"-\" " + HEX + "{4}){3} \"-\" " + HEX + "{12}",
            "ipv4", OCTET + " (\".\" " + OCTET + "){3}",
            "ipv6", HEX + "{1,4} (\":\" " + HEX + "{1,4}){7}",
            "hostname", HOSTNAME,
            "email", "[A-Za-z0-9]{1,20} ([._+\\-] [A-Za-z0-9]{1,20}){0,3} \"@\" " + HOSTNAME);

    private Formats() {}

    static Optional<String> find(String name) {
        return Optional.ofNullable(RULES.get(name));
    }

    static List<String> names() {
        return RULES.keySet().stream().sorted().toList();
    }
}
