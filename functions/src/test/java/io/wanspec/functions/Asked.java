package io.wanspec.functions;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** What a stage's server answers to one kind of request. */
record Asked(Stage stage) {
    private static final JsonMapper MAPPER = new JsonMapper();

    static String body(String mode, int tokens, long seed, boolean stream) {
        return "{\"model\": \"toy-target\", \"messages\": [{\"role\": \"user\", \"content\": \"Hello\"}], \"max_tokens\": "
                + tokens + ", \"seed\": " + seed + ", \"temperature\": 0.8, \"stream\": " + stream
                + ", \"wanspec\": {\"mode\": \"" + mode + "\", \"include_token_ids\": true}}";
    }

    HttpResponse<String> post(String mode, int tokens, long seed) throws Exception {
        return stage.post("/v1/chat/completions", body(mode, tokens, seed, false));
    }

    /** Of a request that has to succeed. */
    JsonNode ledger(String mode, int tokens, long seed) throws Exception {
        HttpResponse<String> answer = post(mode, tokens, seed);
        if (answer.statusCode() != 200) {
            throw new AssertionError(answer.statusCode() + " " + answer.body());
        }
        return MAPPER.readTree(answer.body()).at("/wanspec/ledger");
    }

    /** The lines of a stream in which something happens after the first few. */
    List<String> stream(int tokens, long seed, Runnable meanwhile) throws Exception {
        var in = stage.client.send(
                stage.request("/v1/chat/completions", body("wanspec", tokens, seed, true)),
                HttpResponse.BodyHandlers.ofInputStream());
        List<String> lines = new ArrayList<>();
        try (var reader = new BufferedReader(new InputStreamReader(in.body(), StandardCharsets.UTF_8))) {
            for (int i = 0; i < 6; i++) {
                lines.add(String.valueOf(reader.readLine()));
            }
            meanwhile.run();
            reader.lines().forEach(lines::add);
        }
        return lines;
    }

    static String text(List<String> lines) throws Exception {
        StringBuilder text = new StringBuilder();
        for (String line : lines) {
            if (line.startsWith("data: {")) {
                text.append(MAPPER.readTree(line.substring(6))
                        .at("/choices/0/delta/content")
                        .asText(""));
            }
        }
        return text.toString();
    }
}
