package io.wanspec.infra.layout;

import com.fasterxml.jackson.databind.JsonNode;
import io.wanspec.infra.settings.AllowedSite;
import io.wanspec.infra.settings.Deployment;
import io.wanspec.infra.settings.OnSiteWorker;
import io.wanspec.infra.settings.RegionSite;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A deployment as a flowchart in Mermaid's language, which GitHub and editors draw: what the templates make, region by region, and an
 * arrow for everything that one part calls or may use of another.
 */
final class LayoutPicture {
    /** What is drawn, and in which words. The rest are permissions, keys and logs of these. */
    private static final Map<String, String> DRAWN = Map.of(
            "AWS::ApiGateway::RestApi", "REST API",
            "AWS::Lambda::Function", "function",
            "AWS::DynamoDB::Table", "table",
            "AWS::SQS::Queue", "queue",
            "AWS::Events::Rule", "schedule",
            "AWS::SageMaker::Endpoint", "model endpoint",
            "AWS::CloudWatch::Dashboard", "dashboard",
            "AWS::WAFv2::WebACL", "firewall");

    private static final List<String> NAMES = List.of(
            "FunctionName", "TableName", "QueueName", "EndpointName", "DashboardName", "Name", "ScheduleExpression");

    private final Map<String, List<String>> regions = new LinkedHashMap<>();
    private final Map<String, String> endpoints = new LinkedHashMap<>();
    private final Map<String, String> roles = new LinkedHashMap<>();
    private final Map<String, String> secrets = new LinkedHashMap<>();
    private final Set<String> arrows = new LinkedHashSet<>();

    /** @param templates by stack's name */
    static String of(Deployment deployment, Map<String, JsonNode> templates) {
        LayoutPicture picture = new LayoutPicture();
        templates.forEach((stack, template) -> picture.boxes(stack, template, site(deployment, stack)));
        deployment.allowedOnSite().forEach(picture::onSite);
        deployment.allowedSites().forEach(site -> picture.dialsIn(site, deployment.relayEndpoint()));
        templates.forEach(picture::arrows);
        return picture.text();
    }

    private static RegionSite site(Deployment deployment, String stack) {
        return deployment.drafts().stream()
                .filter(draft -> deployment.draftEndpoint(draft).equals(stack))
                .findFirst()
                .map(draft -> draft.site())
                .orElse(deployment.target().site());
    }

    private void boxes(String stack, JsonNode template, RegionSite site) {
        List<String> boxes =
                regions.computeIfAbsent(site.region() + ", account " + site.account(), name -> new ArrayList<>());
        template.path("Resources").properties().forEach(entry -> {
            String id = id(stack, entry.getKey());
            JsonNode properties = entry.getValue().path("Properties");
            String type = entry.getValue().path("Type").asText();
            if (type.equals("AWS::ApiGateway::RestApi")) {
                arrow("client", id);
            }
            if (DRAWN.containsKey(type)) {
                boxes.add(id + "[\"" + DRAWN.get(type) + "<br>" + name(properties) + "\"]");
            }
            if (properties.has("EndpointName")) {
                endpoints.put(properties.path("EndpointName").asText(), id);
            }
            if (properties.has("RoleName")) {
                roles.put(properties.path("RoleName").asText(), id(stack, entry.getKey()));
            }
        });
    }

    private static String name(JsonNode properties) {
        return NAMES.stream()
                .filter(name -> properties.path(name).isTextual())
                .map(name -> properties.path(name).asText())
                .findFirst()
                .orElse("");
    }

    private void onSite(OnSiteWorker worker) {
        String id = id("site", worker.id());
        regions.computeIfAbsent("on site", name -> new ArrayList<>())
                .add(id + "[\"draft worker<br>" + worker.address() + "\"]");
        if (worker.secret() != null) {
            secrets.put(worker.secret(), id);
        }
    }

    private void dialsIn(AllowedSite site, String relay) {
        String id = id("site", site.id());
        regions.computeIfAbsent("on site", name -> new ArrayList<>())
                .add(id + "[\"draft workers<br>of " + site.name() + "\"]");
        arrows.add(id + " -->|dial| " + endpoints.get(relay));
    }

    private void arrows(String stack, JsonNode template) {
        JsonNode all = template.path("Resources");
        all.properties().forEach(entry -> {
            String id = id(stack, entry.getKey());
            JsonNode properties = entry.getValue().path("Properties");
            switch (entry.getValue().path("Type").asText()) {
                case "AWS::ApiGateway::Method" ->
                    functions(stack, all, properties.at("/Integration/Uri"))
                            .forEach(to -> arrow(id(stack, ref(properties.path("RestApiId"))), to));
                case "AWS::ApiGateway::Authorizer" ->
                    functions(stack, all, properties.path("AuthorizerUri"))
                            .forEach(to -> arrow(id(stack, ref(properties.path("RestApiId"))), to));
                case "AWS::Events::Rule" -> functions(stack, all, properties).forEach(to -> arrow(id, to));
                case "AWS::Lambda::EventSourceMapping" ->
                    arrow(
                            id(stack, ref(properties.path("EventSourceArn"))),
                            id(stack, ref(properties.path("FunctionName"))));
                case "AWS::SQS::Queue" ->
                    refs(properties.path("RedrivePolicy")).forEach(to -> arrow(id, id(stack, to)));
                case "AWS::WAFv2::WebACLAssociation" ->
                    refs(properties).stream()
                            .filter(name -> isDrawn(all.path(name)))
                            .forEach(name -> arrow(id(stack, ref(properties.path("WebACLArn"))), id(stack, name)));
                case "AWS::Lambda::Function" -> uses(stack, all, ref(properties.path("Role")), id);
                default -> {}
            }
        });
    }

    /** What the function's role may use. */
    private void uses(String stack, JsonNode all, String role, String function) {
        policies(all, role).forEach(statement -> {
            refs(statement.path("Resource")).stream()
                    .filter(name -> isDrawn(all.path(name)))
                    .filter(name -> !statement.path("Action").toString().contains("sqs:ReceiveMessage"))
                    .forEach(name -> arrow(function, id(stack, name)));
            texts(statement.path("Resource")).forEach(arn -> {
                String last = arn.substring(arn.lastIndexOf('/') + 1);
                if (arn.contains(":endpoint/") && endpoints.containsKey(last)) {
                    arrow(function, endpoints.get(last));
                } else if (arn.contains(":role/") && roles.containsKey(last)) {
                    endpoints.forEach((name, box) -> {
                        if (last.equals(name + "-caller")) {
                            arrows.add(function + " -->|as " + last + "| " + box);
                        }
                    });
                } else if (secrets.containsKey(arn)) {
                    arrows.add(function + " -->|with a secret| " + secrets.get(arn));
                }
            });
        });
    }

    private static List<JsonNode> policies(JsonNode all, String role) {
        List<JsonNode> statements = new ArrayList<>();
        all.forEach(resource -> {
            if (resource.path("Type").asText().equals("AWS::IAM::Policy")
                    && refs(resource.at("/Properties/Roles")).contains(role)) {
                resource.at("/Properties/PolicyDocument/Statement").forEach(statements::add);
            }
        });
        return statements;
    }

    private static List<String> functions(String stack, JsonNode all, JsonNode where) {
        return refs(where).stream()
                .filter(name -> all.path(name).path("Type").asText().equals("AWS::Lambda::Function"))
                .map(name -> id(stack, name))
                .toList();
    }

    private static boolean isDrawn(JsonNode resource) {
        return DRAWN.containsKey(resource.path("Type").asText());
    }

    private static String ref(JsonNode node) {
        return refs(node).stream().findFirst().orElse("");
    }

    /** The resources that are named in it, each once. */
    private static Set<String> refs(JsonNode node) {
        Set<String> names = new LinkedHashSet<>(node.findValuesAsText("Ref"));
        node.findValues("Fn::GetAtt").forEach(pair -> names.add(pair.path(0).asText()));
        return names;
    }

    private static List<String> texts(JsonNode node) {
        List<String> all = new ArrayList<>();
        Iterable<JsonNode> entries = node.isArray() ? node : List.of(node);
        entries.forEach(each -> {
            if (each.isTextual()) {
                all.add(each.asText());
            }
        });
        return all;
    }

    private void arrow(String from, String to) {
        if (!from.equals(to)) {
            arrows.add(from + " --> " + to);
        }
    }

    private static String id(String stack, String logical) {
        return (stack + "_" + logical).replaceAll("[^A-Za-z0-9]", "_");
    }

    private String text() {
        StringBuilder text = new StringBuilder("flowchart LR\n  client([\"OpenAI client\"])\n");
        int number = 0;
        for (Map.Entry<String, List<String>> region : regions.entrySet()) {
            text.append("  subgraph r")
                    .append(number++)
                    .append("[\"")
                    .append(region.getKey())
                    .append("\"]\n");
            region.getValue().forEach(box -> text.append("    ").append(box).append('\n'));
            text.append("  end\n");
        }
        arrows.forEach(arrow -> text.append("  ").append(arrow).append('\n'));
        return text.toString();
    }
}
