package io.wanspec.it.lambda;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** What the role of a function may do with the table, by the template that is deployed, as IAM reads it. */
final class TableRole {
    private static final String TEMPLATE = "infra-cdk/src/test/resources/golden/templates/wanspec-target.json";

    private final List<JsonNode> statements;

    private TableRole(List<JsonNode> statements) {
        this.statements = statements;
    }

    static TableRole of(String function) throws IOException {
        String policy = "Functions" + Character.toUpperCase(function.charAt(0)) + function.substring(1) + "Role";
        JsonNode template = new JsonMapper()
                .readTree(FunctionZip.checkout().resolve(TEMPLATE).toFile());
        List<JsonNode> statements = template.path("Resources").properties().stream()
                .filter(resource -> resource.getKey().startsWith(policy))
                .flatMap(resource -> entries(resource.getValue().at("/Properties/PolicyDocument/Statement")))
                .filter(statement -> statement.path("Action").toString().contains("dynamodb:"))
                .toList();
        if (statements.isEmpty()) {
            throw new IOException(policy + " may do nothing with the table");
        }
        return new TableRole(statements);
    }

    /** @param target the call, as {@code DynamoDB_20120810.GetItem} */
    boolean allows(String target, JsonNode request) {
        String call = target.substring(target.indexOf('.') + 1);
        if (!call.startsWith("Transact")) {
            return allowsOne(call, request);
        }
        return entries(request.path("TransactItems")).allMatch(item -> {
            var part = item.properties().iterator().next();
            return allowsOne(
                    part.getKey().equals("ConditionCheck") ? "ConditionCheckItem" : part.getKey() + "Item",
                    part.getValue());
        });
    }

    private boolean allowsOne(String call, JsonNode request) {
        boolean index = request.has("IndexName");
        return statements.stream()
                .filter(statement ->
                        index == statement.path("Resource").toString().contains("/index/"))
                .filter(statement -> entries(statement.path("Action"))
                        .anyMatch(action -> action.asText().equals("dynamodb:" + call)))
                .map(statement -> statement.at("/Condition/ForAllValues:StringLike/dynamodb:LeadingKeys"))
                .anyMatch(keys -> keys.isMissingNode() || entries(keys).anyMatch(like(partition(request))));
    }

    private static Predicate<JsonNode> like(String partition) {
        return pattern -> pattern.asText().endsWith("*")
                ? partition.startsWith(pattern.asText().replace("*", ""))
                : partition.equals(pattern.asText());
    }

    private static String partition(JsonNode request) {
        return Stream.of("/Key/pk/S", "/Item/pk/S", "/ExpressionAttributeValues/:pk/S")
                .map(place -> request.at(place).asText())
                .filter(text -> !text.isEmpty())
                .findFirst()
                .orElse("");
    }

    private static Stream<JsonNode> entries(JsonNode node) {
        return node.isArray() ? StreamSupport.stream(node.spliterator(), false) : Stream.of(node);
    }
}
