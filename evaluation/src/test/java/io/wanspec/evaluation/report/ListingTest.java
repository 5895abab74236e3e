package io.wanspec.evaluation.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.wanspec.simulator.study.Findings;
import io.wanspec.simulator.study.Study;
import io.wanspec.simulator.study.StudyOptions;
import java.util.List;
import org.junit.jupiter.api.Test;

final class ListingTest {
    @Test
    void everyPolicyStandsUnderItsRoute() throws Exception {
        StudyOptions options =
                StudyOptions.of(new StudyOptions.Typed("reference", "20,50", "b1,b2,economy", "2", "1", "1"));
        Findings findings = new Study(options, Study.Listener.NONE).run("a command", false);
        List<String> lines = Listing.lines(findings);
        assertThat(lines).hasSize(2 + 3 + 1 + 2 + 3);
        assertThat(lines.getFirst()).isEqualTo("reference, RTT 20 ms");
        assertThat(lines.get(3)).contains("b2").contains("k=").contains("+-");
        assertThat(lines).allMatch(line -> line.length() <= 100);
    }
}
