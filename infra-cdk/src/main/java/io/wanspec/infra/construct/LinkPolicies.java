package io.wanspec.infra.construct;

import io.wanspec.infra.settings.Deployment;
import io.wanspec.infra.settings.DraftSite;
import io.wanspec.infra.settings.RegionSite;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import software.amazon.awscdk.services.iam.PolicyStatement;
import software.amazon.awscdk.services.iam.StarPrincipal;

/**
 * What private links let through: the deployment's own table, queues and endpoints, asked for by its own accounts. Nobody carries
 * data off to a table or a queue of another account over them.
 */
final class LinkPolicies {
    static final List<String> SERVE = List.of(
            "sqs:ChangeMessageVisibility",
            "sqs:DeleteMessage",
            "sqs:GetQueueAttributes",
            "sqs:GetQueueUrl",
            "sqs:ReceiveMessage");
    static final List<String> INVOKE = List.of(
            "sagemaker:InvokeEndpoint",
            "sagemaker:InvokeEndpointWithBidirectionalStream",
            "sagemaker:InvokeEndpointWithResponseStream");

    private final Deployment deployment;
    private final RegionSite home;

    LinkPolicies(Deployment deployment) {
        this.deployment = deployment;
        this.home = deployment.target().site();
    }

    PolicyStatement table(DataStores stores) {
        String table = stores.table().getTableArn();
        return statement(
                Stream.concat(ItemFamily.READ.stream(), ItemFamily.WRITE.stream())
                        .toList(),
                List.of(table, table + "/index/" + DataStores.DUE_INDEX),
                Set.of(home.account()));
    }

    PolicyStatement queues(DataStores stores) {
        return statement(
                Stream.concat(SERVE.stream(), Stream.of("sqs:SendMessage")).toList(),
                List.of(stores.jobs().getQueueArn(), stores.deadLetters().getQueueArn()),
                Set.of(home.account()));
    }

    /** Of this region only, since a link ends there. What lies in another account is called by a role of that account. */
    PolicyStatement endpoints() {
        Set<String> accounts = new LinkedHashSet<>(List.of(home.account()));
        List<String> arns = new ArrayList<>();
        arns.add(RequestFunctions.endpoint(home.region(), home.account(), deployment.targetEndpoint()));
        if (deployment.target().busyDraft() != null) {
            arns.add(RequestFunctions.endpoint(home.region(), home.account(), deployment.busyDraftEndpoint()));
        }
        if (deployment.relay().isPresent()) {
            arns.add(Relay.endpointArn(deployment));
        }
        for (DraftSite draft : deployment.allowedDrafts()) {
            RegionSite site = draft.site();
            if (site.region().equals(home.region())) {
                accounts.add(site.account());
                arns.add(RequestFunctions.endpoint(site.region(), site.account(), deployment.draftEndpoint(draft)));
            }
        }
        return statement(INVOKE, arns, accounts);
    }

    /** Gateway endpoints take no principal but the star; whose it is says the condition. */
    private static PolicyStatement statement(List<String> actions, List<String> resources, Set<String> accounts) {
        List<String> whose = accounts.stream().sorted().toList();
        return PolicyStatement.Builder.create()
                .principals(List.of(new StarPrincipal()))
                .actions(actions)
                .resources(resources)
                .conditions(Map.of("StringEquals", Map.of("aws:PrincipalAccount", whose)))
                .build();
    }
}
