package io.wanspec.functions.wiring;

import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.micronaut.context.annotation.Bean;
import io.micronaut.context.annotation.Factory;
import io.micronaut.context.annotation.Requires;
import io.micronaut.context.env.Environment;
import io.wanspec.contracts.http.ConnectionLimits;
import io.wanspec.contracts.http.HostRule;
import io.wanspec.functions.flow.KeepAlive;
import io.wanspec.functions.jobs.SqsJobs;
import io.wanspec.functions.observe.FunctionCounts;
import io.wanspec.functions.observe.FunctionReports;
import io.wanspec.functions.observe.HttpMetrics;
import io.wanspec.functions.observe.StandingObservers;
import io.wanspec.functions.settings.AccessSettings;
import io.wanspec.functions.settings.ConsoleSettings;
import io.wanspec.functions.settings.ConsoleSettings.Shown;
import io.wanspec.functions.settings.EdgeSettings;
import io.wanspec.functions.settings.LambdaHost;
import io.wanspec.functions.settings.MetricsSettings;
import io.wanspec.functions.table.Table;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** What stands between clients and routes. */
@Factory
final class EdgeWiring {
    private static final Set<String> LOOPBACK = Set.of("127.0.0.1", "localhost", "::1");

    @Singleton
    EdgeSettings edge(Environment environment) {
        var http = new PropertyReader(environment, "wanspec.http");
        return new EdgeSettings(
                hosts(environment, http),
                list(http, "cors-origins"),
                http.duration("keep-alive", EdgeSettings.KEEP_ALIVE_DEFAULT));
    }

    @Singleton
    ConnectionLimits connections(Environment environment) {
        var http = new PropertyReader(environment, "wanspec.http");
        return new ConnectionLimits(
                http.duration("head-timeout", ConnectionLimits.DEFAULT.head()),
                http.duration("body-timeout", ConnectionLimits.DEFAULT.body()),
                http.duration("idle-timeout", ConnectionLimits.DEFAULT.idle()),
                http.integer("max-connections", ConnectionLimits.DEFAULT.connections()));
    }

    @Singleton
    MetricsSettings metricsSettings(Environment environment) {
        var metrics = new PropertyReader(environment, "wanspec.metrics");
        return new MetricsSettings(
                metrics.bool("public", false), metrics.bool("embedded", LambdaHost.isIn(environment)));
    }

    /** Asked for at every start, so that a page for everybody has keys behind it. */
    @Singleton
    ConsoleSettings console(Environment environment, AccessSettings access) {
        Shown shown = new PropertyReader(environment, "wanspec")
                .parsed("console", "local, public or none", EdgeWiring::shown)
                .orElse(Shown.LOCAL);
        return new ConsoleSettings(shown, isLoopback(environment)).checkedFor(access.mode());
    }

    private static Shown shown(String word) {
        return Stream.of(Shown.values())
                .filter(value -> value.name().toLowerCase(Locale.ROOT).equals(word))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(word));
    }

    private static boolean isLoopback(Environment environment) {
        return environment
                .getProperty("micronaut.server.host", String.class)
                .map(LOOPBACK::contains)
                .orElse(false);
    }

    @Bean(preDestroy = "close")
    @Singleton
    PrometheusMeterRegistry registry() {
        return new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    }

    @Singleton
    StandingObservers standingObservers(PrometheusMeterRegistry registry, MetricsSettings settings) {
        return StandingObservers.of(registry, settings);
    }

    @Singleton
    @Requires(beans = Table.class)
    FunctionCounts functionCounts(Table table) {
        return new FunctionCounts(table);
    }

    @Singleton
    FunctionReports functionReports(MetricsSettings settings, Optional<FunctionCounts> counts, Optional<SqsJobs> jobs) {
        return new FunctionReports(
                settings.embedded() ? Optional.of(System.out::println) : Optional.empty(),
                counts,
                jobs.map(queue -> queue::depth),
                Clock.systemUTC());
    }

    @Singleton
    HttpMetrics httpMetrics(PrometheusMeterRegistry registry) {
        return new HttpMetrics(registry);
    }

    @Bean(preDestroy = "close")
    @Singleton
    KeepAlive keepAlive(EdgeSettings settings) {
        return new KeepAlive(settings.keepAlive());
    }

    /**
     * On the loopback interface any page of the user's browser reaches the server, so it answers for its own names only.
     * Elsewhere, and in a function whose callers a gateway chooses, the names are not known here.
     */
    private static HostRule hosts(Environment environment, PropertyReader http) {
        List<String> named = list(http, "allowed-hosts");
        return named.isEmpty() && (!isLoopback(environment) || LambdaHost.isIn(environment))
                ? HostRule.any()
                : HostRule.loopbackAnd(named);
    }

    private static List<String> list(PropertyReader at, String name) {
        return at.text(name).stream()
                .flatMap(text -> Stream.of(text.split(",", -1)))
                .map(String::strip)
                .filter(entry -> !entry.isEmpty())
                .toList();
    }
}
