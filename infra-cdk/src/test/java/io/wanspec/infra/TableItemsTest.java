package io.wanspec.infra;

import static io.wanspec.infra.Synthesised.EXAMPLE;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which items of the table each function may read and write. Tests of the functions' packages ask the same of what they do. */
class TableItemsTest {
    private static final Path FUNCTIONS = Path.of("../functions/src/main/java");

    /** A text that has a number sign after a word begins a key: of a partition, or within one. */
    private static final Pattern KEY = Pattern.compile("\"([a-z]+#[a-z]*)\"|LIST = \"([a-z]+)\"");

    /** Within a partition; policies do not see these. */
    private static final Set<String> WITHIN = Set.of("day#", "input#", "prediction#", "prompt#", "tokens#");

    /** Whoever invents a family of items has to say who may read and write it: else functions cannot, in AWS alone. */
    @Test
    void everyPartitionThatTheFunctionsNameIsSomebodys() throws IOException {
        Set<String> named = new TreeSet<>();
        try (Stream<Path> sources = Files.walk(FUNCTIONS)) {
            for (Path source :
                    sources.filter(file -> file.toString().endsWith(".java")).toList()) {
                named.addAll(keys(Files.readString(source)));
            }
        }
        named.removeAll(WITHIN);
        assertThat(named).contains("session#", "keys");
        Set<String> patterns = new TreeSet<>();
        for (String function : List.of("Api", "Worker", "Sweeper", "Authorizer")) {
            statements(function).forEach(statement -> patterns.addAll(patterns(statement)));
        }
        assertThat(patterns.stream().map(pattern -> pattern.replace("*", "")))
                .containsExactlyInAnyOrderElementsOf(named);
    }

    private static List<String> keys(String source) {
        return KEY.matcher(source)
                .results()
                .map((MatchResult key) -> key.group(1) == null ? key.group(2) : key.group(1))
                .toList();
    }

    @ParameterizedTest
    @CsvSource({
        "Api,        session#sess_1, GetItem PutItem UpdateItem DeleteItem Query ConditionCheckItem",
        "Api,        response#resp_1, GetItem PutItem UpdateItem DeleteItem Query ConditionCheckItem",
        "Api,        idem#team#order-1, GetItem PutItem UpdateItem DeleteItem Query ConditionCheckItem",
        "Api,        usage#7c1k09xq2mfb, GetItem PutItem UpdateItem DeleteItem Query ConditionCheckItem",
        "Api,        estimates#economy, GetItem PutItem UpdateItem DeleteItem Query ConditionCheckItem",
        "Api,        workers, GetItem PutItem UpdateItem DeleteItem Query ConditionCheckItem",
        "Api,        counts#functions, GetItem Query",
        "Api,        keys, GetItem Query",
        "Api,        key#0f3c, GetItem Query",
        "Worker,     session#sess_1, GetItem PutItem UpdateItem DeleteItem Query ConditionCheckItem",
        "Worker,     response#resp_1, ''",
        "Worker,     idem#team#order-1, ''",
        "Worker,     usage#7c1k09xq2mfb, GetItem PutItem UpdateItem DeleteItem Query ConditionCheckItem",
        "Worker,     estimates#economy, GetItem PutItem UpdateItem DeleteItem Query ConditionCheckItem",
        "Worker,     counts#functions, GetItem PutItem UpdateItem DeleteItem Query ConditionCheckItem",
        "Worker,     workers, ''",
        "Worker,     keys, GetItem Query",
        "Worker,     key#0f3c, GetItem Query",
        "Sweeper,    session#sess_1, GetItem PutItem UpdateItem DeleteItem Query ConditionCheckItem",
        "Sweeper,    response#resp_1, GetItem PutItem UpdateItem DeleteItem Query ConditionCheckItem",
        "Sweeper,    idem#team#order-1, GetItem PutItem UpdateItem DeleteItem Query ConditionCheckItem",
        "Sweeper,    usage#7c1k09xq2mfb, GetItem PutItem UpdateItem DeleteItem Query ConditionCheckItem",
        "Sweeper,    estimates#economy, ''",
        "Sweeper,    counts#functions, GetItem PutItem UpdateItem DeleteItem Query ConditionCheckItem",
        "Sweeper,    keys, ''",
        "Sweeper,    key#0f3c, ''",
        "Authorizer, session#sess_1, ''",
        "Authorizer, keys, ''",
        "Authorizer, key#0f3c, GetItem",
        "Api,        sessions, ''",
        "Api,        counts#others, ''"
    })
    void aFunctionMayDoThis(String function, String partition, String actions) {
        List<String> may = Stream.of(
                        "GetItem", "PutItem", "UpdateItem", "DeleteItem", "Query", "ConditionCheckItem", "Scan")
                .filter(action -> statements(function)
                        .filter(statement -> Synthesised.entries(statement.path("Action"))
                                .anyMatch(one -> one.asText().equals("dynamodb:" + action)))
                        .anyMatch(statement -> patterns(statement).stream().anyMatch(one -> matches(one, partition))))
                .toList();
        assertThat(String.join(" ", may)).isEqualTo(actions);
    }

    /** None is without the condition, but the one for the index of what is due, which has keys alone. */
    @Test
    void onlyTheIndexIsOpenAsAWhole() {
        Stream.of("Api", "Worker", "Sweeper", "Authorizer")
                .flatMap(TableItemsTest::statements)
                .filter(statement -> patterns(statement).isEmpty())
                .forEach(statement -> {
                    assertThat(statement.path("Resource").toString()).contains("/index/due");
                    assertThat(statement.path("Action").asText()).isEqualTo("dynamodb:Query");
                });
    }

    private static boolean matches(String pattern, String partition) {
        return pattern.endsWith("*")
                ? partition.startsWith(pattern.substring(0, pattern.length() - 1))
                : partition.equals(pattern);
    }

    private static List<String> patterns(JsonNode statement) {
        JsonNode patterns = statement.at("/Condition/ForAllValues:StringLike/dynamodb:LeadingKeys");
        return patterns.isMissingNode()
                ? List.of()
                : Synthesised.entries(patterns).map(JsonNode::asText).toList();
    }

    /** Of the function's role, those about the table. */
    private static Stream<JsonNode> statements(String function) {
        return Synthesised.resources(
                        Synthesised.json(Synthesised.template(EXAMPLE, "wanspec-target")), "AWS::IAM::Policy")
                .entrySet()
                .stream()
                .filter(policy -> policy.getKey().startsWith("Functions" + function + "Role"))
                .flatMap(policy -> Synthesised.entries(policy.getValue().at("/Properties/PolicyDocument/Statement")))
                .filter(statement -> statement.path("Action").toString().contains("dynamodb:"));
    }
}
