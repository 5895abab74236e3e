package io.wanspec.infra.construct;

import java.util.List;
import java.util.Map;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.services.iam.Effect;
import software.amazon.awscdk.services.iam.PolicyStatement;
import software.amazon.awscdk.services.kms.IKey;

/** Statements of policies: named actions on named resources. */
final class Allow {
    private Allow() {}

    static PolicyStatement on(List<String> resources, String... actions) {
        return PolicyStatement.Builder.create()
                .effect(Effect.ALLOW)
                .actions(List.of(actions))
                .resources(resources)
                .build();
    }

    static PolicyStatement on(String resource, String... actions) {
        return on(List.of(resource), actions);
    }

    /** Only for actions that AWS knows no resources for: the reason names them. */
    static PolicyStatement everywhere(Reason reason) {
        return on("*", reason.actions().toArray(String[]::new));
    }

    static PolicyStatement everywhere(Reason reason, Map<String, Object> conditions) {
        return PolicyStatement.Builder.create()
                .effect(Effect.ALLOW)
                .actions(reason.actions())
                .resources(List.of("*"))
                .conditions(conditions)
                .build();
    }

    /** Use of a key for what these services keep with it, and for nothing else. */
    static PolicyStatement through(IKey key, List<String> services, String... actions) {
        String region = Stack.of(key).getRegion();
        return PolicyStatement.Builder.create()
                .effect(Effect.ALLOW)
                .actions(List.of(actions))
                .resources(List.of(key.getKeyArn()))
                .conditions(Map.of(
                        "StringEquals",
                        Map.of(
                                "kms:ViaService",
                                services.stream()
                                        .map(service -> service + "." + region + ".amazonaws.com")
                                        .toList())))
                .build();
    }
}
