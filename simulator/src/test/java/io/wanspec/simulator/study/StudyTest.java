package io.wanspec.simulator.study;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.wanspec.simulator.run.Row;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

final class StudyTest {
    @Test
    void aStudyHasEveryPolicyOnEveryRoute() throws Exception {
        Findings findings = study("b1,b2,economy", "20,50", "1");
        assertThat(findings.sweep())
                .extracting(Row::policy)
                .containsExactly("b1", "b2", "economy", "b1", "b2", "economy");
    }

    @Test
    void jsonHoldsTheRowsAsTheyAre() throws Exception {
        Findings findings = study("b0,economy", "20", "1");
        JsonNode json = new ObjectMapper().readTree(findings.json());
        assertThat(json.path("sweep")).hasSize(2);
        JsonNode row = json.path("sweep").get(1);
        assertThat(row.path("policy").asText()).isEqualTo("economy");
        assertThat(row.path("latencyVsB1").asDouble())
                .isEqualTo(findings.sweep().get(1).latencyVsB1());
        assertThat(row.path("requests").asInt()).isEqualTo(2);
        assertThat(json.path("command").asText()).isEqualTo("a command");
    }

    @Test
    void theSameWhateverTheThreads() throws Exception {
        assertThat(study("policies", "50", "3")).isEqualTo(study("policies", "50", "1"));
    }

    @Test
    void theListenerHearsOfPartsAndOfTheirEnds() throws Exception {
        List<String> heard = Collections.synchronizedList(new ArrayList<>());
        StudyOptions options = StudyOptions.of(new StudyOptions.Typed("reference", "20", "b0,b1", "1", "1", "1"));
        new Study(options, new Study.Listener() {
                    @Override
                    public void part(String what) {
                        heard.add(what);
                    }

                    @Override
                    public void at(int done, int of) {
                        heard.add(done + "/" + of);
                    }
                })
                .run("", false);
        assertThat(heard).containsExactly("policies over the round trip", "1/1", "1/2", "2/2");
    }

    private static Findings study(String policies, String rtts, String threads) throws Exception {
        StudyOptions options = StudyOptions.of(new StudyOptions.Typed("reference", rtts, policies, "2", "1", threads));
        return new Study(options, Study.Listener.NONE).run("a command", false);
    }
}
