package io.wanspec.simulator.study;

import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import io.wanspec.simulator.run.CapacityRow;
import io.wanspec.simulator.run.Row;
import java.util.List;
import java.util.stream.Stream;

/**
 * What a study found. Parts that it was not asked for are empty.
 *
 * @param command that finds the same again
 * @param sweep the policies over the round trip
 * @param regions the policies between regions
 * @param ablation ideas added and taken away
 * @param prices our policy at several prices of a busy-region pass
 * @param sensitivity the policies in other scenarios
 */
@JsonPropertyOrder({"command", "sweep", "regions", "ablation", "prices", "sensitivity", "capacity"})
public record Findings(
        String command,
        List<Row> sweep,
        List<Row> regions,
        List<Row> ablation,
        List<Row> prices,
        List<Row> sensitivity,
        List<CapacityRow> capacity) {
    private static final ObjectMapper JSON = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

    public Findings {
        sweep = List.copyOf(sweep);
        regions = List.copyOf(regions);
        ablation = List.copyOf(ablation);
        prices = List.copyOf(prices);
        sensitivity = List.copyOf(sensitivity);
        capacity = List.copyOf(capacity);
    }

    /** All rows about single requests. */
    public List<Row> rows() {
        return Stream.of(sweep, regions, ablation, prices, sensitivity)
                .flatMap(List::stream)
                .distinct()
                .toList();
    }

    public String json() {
        try {
            return JSON.writeValueAsString(this);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("findings are plain records", e);
        }
    }
}
