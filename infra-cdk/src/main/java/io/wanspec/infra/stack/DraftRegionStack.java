package io.wanspec.infra.stack;

import io.wanspec.infra.construct.AlarmTopic;
import io.wanspec.infra.construct.CallerRole;
import io.wanspec.infra.construct.DataKey;
import io.wanspec.infra.construct.ModelEndpoint;
import io.wanspec.infra.construct.SpendingLimit;
import io.wanspec.infra.settings.Deployment;
import io.wanspec.infra.settings.DraftSite;
import software.amazon.awscdk.services.kms.IKey;
import software.constructs.Construct;

/** A draft region: an endpoint, how it scales, its alarms, and who may call it. It keeps no prompt. */
public final class DraftRegionStack extends RegionStack {
    public DraftRegionStack(Construct scope, Deployment deployment, DraftSite draft) {
        super(
                scope,
                deployment,
                draft.site(),
                "draft-" + draft.id(),
                "a draft worker in " + draft.site().region());
        IKey key = deployment.data().customerKey()
                ? DataKey.ofLogs(this, "DataKey", "the draft worker's logs", deployment.profile())
                : null;
        AlarmTopic alarms = new AlarmTopic(this, "Alarms", deployment);
        ModelEndpoint endpoint = new ModelEndpoint(
                this,
                "Draft",
                deployment.draftEndpoint(draft),
                "draft",
                draft.endpoint(),
                deployment.profile(),
                key,
                alarms);
        if (draft.hours() != null) {
            endpoint.open(draft.hours(), key, alarms);
        }
        if (deployment.isForeign(draft)) {
            new CallerRole(this, "Caller", deployment, draft);
        }
        if (deployment.isFirstOfForeignAccount(draft) && deployment.alarms().monthlyUsd() > 0) {
            new SpendingLimit(this, "Budget", deployment);
        }
    }
}
