package io.wanspec.infra.stack;

import io.wanspec.infra.construct.AlarmTopic;
import io.wanspec.infra.construct.ServiceAlarms;
import io.wanspec.infra.construct.ServiceDashboard;
import io.wanspec.infra.construct.SpendingLimit;
import io.wanspec.infra.settings.Deployment;
import software.constructs.Construct;

/** What the deployment does, on one page; who is woken when it does not; and what it may cost. */
public final class ObservabilityStack extends RegionStack {
    public ObservabilityStack(Construct scope, Deployment deployment) {
        super(scope, deployment, deployment.target().site(), "observability", "dashboard, alarms and budget");
        new ServiceAlarms(this, "Service", deployment, new AlarmTopic(this, "Alarms", deployment));
        new ServiceDashboard(this, "Page", deployment);
        if (deployment.alarms().monthlyUsd() > 0) {
            new SpendingLimit(this, "Budget", deployment);
        }
    }
}
