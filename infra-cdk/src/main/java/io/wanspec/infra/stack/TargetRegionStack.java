package io.wanspec.infra.stack;

import io.wanspec.infra.construct.AlarmTopic;
import io.wanspec.infra.construct.DataKey;
import io.wanspec.infra.construct.DataStores;
import io.wanspec.infra.construct.FunctionPackages;
import io.wanspec.infra.construct.ModelEndpoint;
import io.wanspec.infra.construct.PrivateNetwork;
import io.wanspec.infra.construct.PublicApi;
import io.wanspec.infra.construct.Relay;
import io.wanspec.infra.construct.RequestFunctions;
import io.wanspec.infra.settings.Deployment;
import io.wanspec.infra.settings.EndpointPlan;
import io.wanspec.infra.settings.Reach;
import org.jspecify.annotations.Nullable;
import software.amazon.awscdk.services.kms.IKey;
import software.constructs.Construct;

/** The busy region: the API, the functions, table and queues, the target, the draft beside it, and the relay. */
public final class TargetRegionStack extends RegionStack {
    public TargetRegionStack(Construct scope, Deployment deployment, FunctionPackages packages) {
        super(scope, deployment, deployment.target().site(), "target", "API, functions, sessions and the target model");
        IKey key = deployment.data().customerKey()
                ? DataKey.ofLogs(this, "DataKey", "sessions, jobs and logs", deployment.profile())
                : null;
        AlarmTopic alarms = new AlarmTopic(this, "Alarms", deployment);
        endpoint(
                "Target",
                deployment.targetEndpoint(),
                "target",
                deployment.target().endpoint(),
                deployment,
                key,
                alarms);
        EndpointPlan draft = deployment.target().busyDraft();
        if (draft != null) {
            endpoint("BusyDraft", deployment.busyDraftEndpoint(), "draft", draft, deployment, key, alarms);
        }
        Relay relay = deployment
                .relay()
                .map(plan -> new Relay(this, deployment, plan, key, alarms))
                .orElse(null);
        DataStores stores = new DataStores(this, "Data", deployment, key);
        PrivateNetwork network =
                deployment.network() == Reach.PRIVATE ? new PrivateNetwork(this, "Network", deployment, stores) : null;
        RequestFunctions functions =
                new RequestFunctions(this, "Functions", deployment, stores, packages, network, relay);
        new PublicApi(this, "Api", deployment, functions.api(), functions.authorizer(), key);
    }

    private void endpoint(
            String id,
            String name,
            String role,
            EndpointPlan plan,
            Deployment deployment,
            @Nullable IKey key,
            AlarmTopic alarms) {
        new ModelEndpoint(this, id, name, role, plan, deployment.profile(), key, alarms);
    }
}
