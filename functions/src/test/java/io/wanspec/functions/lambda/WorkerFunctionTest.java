package io.wanspec.functions.lambda;

import static org.assertj.core.api.Assertions.assertThat;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.events.SQSEvent;
import io.wanspec.contracts.CallerId;
import io.wanspec.emulator.aws.SharedAwsEmulator;
import io.wanspec.functions.EmulatedTables;
import io.wanspec.functions.access.Caller;
import io.wanspec.functions.access.Keys;
import io.wanspec.functions.access.Scope;
import io.wanspec.functions.access.WindowRoom;
import io.wanspec.functions.access.budget.Budgets;
import io.wanspec.functions.settings.PromptRegions;
import io.wanspec.functions.table.ItemKey;
import io.wanspec.functions.table.Table;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What <i>worker</i> has done before it answers: afterwards it may be frozen. */
@Timeout(180)
class WorkerFunctionTest {

    @Test
    void whatItHoldsOfBudgetsGoesBackBeforeItAnswers() throws InterruptedException {
        Map<String, String> settings = settings(EmulatedTables.fresh("worker"));
        // Lambda makes its handler itself: settings come from the process.
        settings.forEach(System::setProperty);
        try {
            var function = new WorkerFunction();
            var budgets = function.getApplicationContext().getBean(Budgets.class);
            var caller = new Caller(
                    new CallerId("team"), "key", Scope.usual(), Keys.limits(100, 0, 0, 0), PromptRegions.any());
            WindowRoom.ofMinute();
            assertThat(budgets.request(caller)).isEmpty();
            Injected.of(function.time).registerSingletons(aMinute());
            var nothing = new SQSEvent();
            nothing.setRecords(List.of());

            assertThat(function.execute(nothing).getBatchItemFailures()).isEmpty();

            assertThat(taken(function)).isEqualTo(1);
            function.close();
        } finally {
            settings.keySet().forEach(System::clearProperty);
        }
    }

    /** Of the requests of the minute in which one was sent. */
    private static long taken(WorkerFunction function) {
        return function.getApplicationContext()
                .getBean(Table.class)
                .get(ItemKey.head("usage#key"))
                .orElseThrow()
                .number("requests");
    }

    private static Context aMinute() {
        return (Context) Proxy.newProxyInstance(
                Context.class.getClassLoader(),
                new Class<?>[] {Context.class},
                (proxy, method, arguments) -> method.getReturnType() == int.class ? 60_000 : null);
    }

    private static Map<String, String> settings(String table) {
        String aws = SharedAwsEmulator.endpoint().toString();
        Map<String, String> settings = NowhereSettings.withCredentials(table, SharedAwsEmulator.endpoint());
        settings.put("wanspec.jobs.queue", aws + "/000000000000/none");
        settings.put("wanspec.jobs.endpoint-override", aws);
        settings.put("wanspec.access.required", "true");
        return settings;
    }
}
