package io.wanspec.infra.construct;

import io.wanspec.infra.settings.Deployment;
import java.util.List;
import java.util.stream.Stream;
import software.amazon.awscdk.services.budgets.CfnBudget;
import software.constructs.Construct;

/**
 * A budget of the month of the stack's account, and mails at 80 % of it spent and 100 % foreseen. It stops nothing. One account does
 * not see what another spends, so there is one in each, of the same amount; nobody adds them up.
 */
public final class SpendingLimit extends Construct {
    public SpendingLimit(Construct scope, String id, Deployment deployment) {
        super(scope, id);
        CfnBudget.Builder.create(this, "Budget")
                .budget(CfnBudget.BudgetDataProperty.builder()
                        .budgetName(deployment.name())
                        .budgetType("COST")
                        .timeUnit("MONTHLY")
                        .budgetLimit(CfnBudget.SpendProperty.builder()
                                .amount(deployment.alarms().monthlyUsd())
                                .unit("USD")
                                .build())
                        .build())
                .notificationsWithSubscribers(
                        List.of(told(deployment, "ACTUAL", 80), told(deployment, "FORECASTED", 100)))
                .build();
    }

    private static CfnBudget.NotificationWithSubscribersProperty told(Deployment deployment, String kind, int percent) {
        Stream<CfnBudget.SubscriberProperty> people = deployment.alarms().emails().stream()
                .map(email -> CfnBudget.SubscriberProperty.builder()
                        .subscriptionType("EMAIL")
                        .address(email)
                        .build());
        return CfnBudget.NotificationWithSubscribersProperty.builder()
                .notification(CfnBudget.NotificationProperty.builder()
                        .notificationType(kind)
                        .comparisonOperator("GREATER_THAN")
                        .threshold(percent)
                        .thresholdType("PERCENTAGE")
                        .build())
                .subscribers(people.toList())
                .build();
    }
}
