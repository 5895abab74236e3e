package io.wanspec.infra.construct;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import software.amazon.awscdk.CfnResource;
import software.amazon.awscdk.services.iam.Role;

/** What cfn-lint is told of single resources; what it is told of all stands in {@code infra-cdk/cfnlintrc.yaml}. */
final class LintNotes {
    private static final String POLICY = "DefaultPolicy";

    private LintNotes() {}

    /**
     * cfn-lint's list of actions lacks the one of SageMaker's duplex streams, which is newer. The call is documented; should
     * {@code sagemaker:InvokeEndpoint} cover it, as it does response streams, the name does no harm.
     */
    static void hasNewerActions(Role role) {
        var policy = (CfnResource) Objects.requireNonNull(
                role.getNode().findChild(POLICY).getNode().getDefaultChild());
        policy.addMetadata("cfn-lint", Map.of("config", Map.of("ignore_checks", List.of("W3037"))));
    }
}
