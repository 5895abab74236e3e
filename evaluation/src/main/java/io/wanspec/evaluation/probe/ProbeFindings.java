package io.wanspec.evaluation.probe;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.wanspec.evaluation.loadbench.Percentile;
import io.wanspec.simulator.region.AwsRegions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What a probe's log says. Percentiles are of what was answered; what failed is counted beside it.
 *
 * @param began the first slot's time
 * @param planned slots; those that were missed, while nobody probed, are the rest
 */
public record ProbeFindings(
        String began, double hours, int planned, int asked, List<OfEndpoint> endpoints, List<OfHour> regions) {
    private static final int HALF = 50;
    private static final int MOST = 95;
    private static final JsonMapper JSON =
            JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

    public ProbeFindings {
        endpoints = List.copyOf(endpoints);
        regions = List.copyOf(regions);
    }

    /** An endpoint over all hours. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record OfEndpoint(
            String endpoint,
            String region,
            int asked,
            int failed,
            @Nullable Double connectMsP50,
            @Nullable Double firstTokenMsP50,
            @Nullable Double firstTokenMsP95,
            @Nullable Double tokensPerSecondP50) {}

    /**
     * A region in an hour of UTC.
     *
     * @param localHour absent where the label is none of AWS's regions
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record OfHour(
            String region,
            int utcHour,
            @Nullable Integer localHour,
            int asked,
            int failed,
            @Nullable Double firstTokenMsP50,
            @Nullable Double tokensPerSecondP50) {}

    public static ProbeFindings of(ProbeLog.Read log) {
        List<ProbeAnswer> answers = log.answers();
        return new ProbeFindings(
                log.plan().began().toString(),
                log.plan().hours(),
                log.plan().requests(),
                answers.size(),
                grouped(answers, ProbeAnswer::endpoint).values().stream()
                        .map(ProbeFindings::endpoint)
                        .toList(),
                grouped(answers, answer -> "%s %02d".formatted(answer.region(), answer.utcHour())).values().stream()
                        .map(ProbeFindings::hour)
                        .toList());
    }

    private static Map<String, List<ProbeAnswer>> grouped(
            List<ProbeAnswer> answers, Function<ProbeAnswer, String> key) {
        return answers.stream().collect(Collectors.groupingBy(key, TreeMap::new, Collectors.toList()));
    }

    private static OfEndpoint endpoint(List<ProbeAnswer> answers) {
        return new OfEndpoint(
                answers.getFirst().endpoint(),
                answers.getFirst().region(),
                answers.size(),
                failed(answers),
                percentile(answers, ProbeAnswer::connectMs, HALF),
                percentile(answers, ProbeAnswer::firstTokenMs, HALF),
                percentile(answers, ProbeAnswer::firstTokenMs, MOST),
                percentile(answers, ProbeAnswer::tokensPerSecond, HALF));
    }

    private static OfHour hour(List<ProbeAnswer> answers) {
        ProbeAnswer one = answers.getFirst();
        return new OfHour(
                one.region(),
                one.utcHour(),
                AwsRegions.find(one.region())
                        .map(region -> region.localHour(one.utcHour()))
                        .orElse(null),
                answers.size(),
                failed(answers),
                percentile(answers, ProbeAnswer::firstTokenMs, HALF),
                percentile(answers, ProbeAnswer::tokensPerSecond, HALF));
    }

    private static int failed(List<ProbeAnswer> answers) {
        return Math.toIntExact(
                answers.stream().filter(answer -> answer.failure() != null).count());
    }

    private static @Nullable Double percentile(
            List<ProbeAnswer> answers, Function<ProbeAnswer, @Nullable Double> value, int percent) {
        List<Double> samples = new ArrayList<>();
        answers.stream()
                .filter(answer -> answer.failure() == null)
                .map(value)
                .filter(Objects::nonNull)
                .forEach(samples::add);
        var found = Percentile.of(samples, percent);
        return found.isPresent() ? found.getAsDouble() : null;
    }

    public String json() {
        try {
            return JSON.writeValueAsString(this);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("findings are plain records", e);
        }
    }
}
