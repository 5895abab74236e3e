package io.wanspec.evaluation.eval;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.wanspec.local.launch.LaunchException;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** What an evaluation's process prints, a JSON object a line, and what its end means. */
final class ProgramReport {
    private static final JsonMapper JSON = new JsonMapper();

    private ProgramReport() {}

    static <T> T parse(String line, Class<T> kind) throws IOException {
        try {
            return JSON.readValue(line, kind);
        } catch (JsonProcessingException e) {
            throw new IOException("its process printed what is no report: " + e.getOriginalMessage(), e);
        }
    }

    /** @param refusal why the process would not evaluate, if it said so */
    static LaunchException failed(@Nullable String refusal, IOException e) {
        String why = refusal == null ? "the evaluation could not be run: " + e.getMessage() : refusal;
        return new LaunchException(why, e, false);
    }
}
