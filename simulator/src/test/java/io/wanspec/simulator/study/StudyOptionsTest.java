package io.wanspec.simulator.study;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.wanspec.simulator.run.Catalogue;
import io.wanspec.simulator.run.Contender;
import io.wanspec.simulator.run.WanRoute;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class StudyOptionsTest {
    @Test
    void everythingIsReadAndChecked() throws BadOption {
        StudyOptions options = StudyOptions.of(
                new StudyOptions.Typed("acceptance-0.7", "20, 50.5,us-east-1/us-west-2", "b1,economy", "7", "3", "4"));
        assertThat(options.scenario().name()).isEqualTo("acceptance-0.7");
        assertThat(options.scenario().requests()).isEqualTo(7);
        assertThat(options.scenario().seed()).isEqualTo(3);
        assertThat(options.threads()).isEqualTo(4);
        assertThat(options.routes()).extracting(WanRoute::name).containsExactly("20", "50.5", "us-east-1/us-west-2");
        assertThat(options.policies()).extracting(Contender::name).containsExactly("b1", "economy");
    }

    @Test
    void policiesHaveNamesForManyAndNoneComesTwice() throws BadOption {
        StudyOptions some = StudyOptions.of(typed("--policy", "b2,policies"));
        assertThat(some.policies()).hasSameSizeAs(Catalogue.POLICIES);
        assertThat(StudyOptions.of(typed("--policy", "all,ladder-wait")).policies())
                .isEqualTo(Catalogue.all());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--scenario | nowhere     | one of reference",
                "--rtt      | fast        | milliseconds from 0 to 10000 or of us-east-1/us-east-2",
                "--rtt      | 20,-1       | milliseconds from 0 to 10000",
                "--rtt      | NaN         | milliseconds from 0 to 10000",
                "--policy   | b1,b9       | a list of policies, all, or of b0, b1",
                "--requests | 0           | a whole number from 1 to 100000",
                "--requests | many        | a whole number from 1 to 100000",
                "--seed     | -1          | a whole number from 0",
                "--threads  | 257         | a whole number from 1 to 256"
            })
    void whatCannotBeUsedIsRefusedByNameLimitAndRemedy(String option, String value, String limit) {
        assertThatThrownBy(() -> StudyOptions.of(typed(option, value)))
                .isInstanceOf(BadOption.class)
                .hasMessageStartingWith(option + " must be ")
                .hasMessageContaining(limit)
                .hasMessageContaining("use for instance " + option);
    }

    private static StudyOptions.Typed typed(String option, String value) {
        return new StudyOptions.Typed(
                option.equals("--scenario") ? value : "reference",
                option.equals("--rtt") ? value : "20",
                option.equals("--policy") ? value : "policies",
                option.equals("--requests") ? value : "2",
                option.equals("--seed") ? value : "1",
                option.equals("--threads") ? value : "1");
    }
}
