package io.wanspec.infra.construct;

import io.wanspec.infra.settings.Deployment;
import io.wanspec.infra.settings.DraftSite;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import software.amazon.awscdk.services.iam.AccountPrincipal;
import software.amazon.awscdk.services.iam.PrincipalWithConditions;
import software.amazon.awscdk.services.iam.Role;
import software.constructs.Construct;

/**
 * In a draft's account, what the functions of the target's account become to call it: SageMaker's endpoints can be called by
 * their own account only.
 */
public final class CallerRole extends Construct {
    public CallerRole(Construct scope, String id, Deployment deployment, DraftSite draft) {
        super(scope, id);
        String account = deployment.target().site().account();
        List<String> callers = Stream.of("api", "worker")
                .map(function -> "arn:aws:iam::" + account + ":role/" + RequestFunctions.roleName(deployment, function))
                .toList();
        Role role = Role.Builder.create(this, "Role")
                .roleName(deployment.callerRole(draft))
                .description("Calls the draft worker " + draft.id() + " for WANSpec's functions in account " + account)
                .assumedBy(new PrincipalWithConditions(
                        new AccountPrincipal(account), Map.of("ArnEquals", Map.of("aws:PrincipalArn", callers))))
                .build();
        role.addToPolicy(Allow.on(
                RequestFunctions.endpoint(
                        draft.site().region(), draft.site().account(), deployment.draftEndpoint(draft)),
                LinkPolicies.INVOKE.toArray(String[]::new)));
        LintNotes.hasNewerActions(role);
    }
}
