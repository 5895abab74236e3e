package io.wanspec.infra.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NodeVersionTest {
    @ParameterizedTest
    @ValueSource(ints = {20, 22, 24, 26})
    void whatCdkRunsInIsTaken(int major) {
        assertThatCode(() -> NodeVersion.judge(Optional.of(new NodeVersion(major))))
                .doesNotThrowAnyException();
    }

    @Test
    void anOlderOneAndNoneAreRefusedWithTheRemedy() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> NodeVersion.judge(Optional.of(new NodeVersion(18))))
                .withMessage(
                        "CDK runs in Node, and the one on the PATH is Node 18. Install Node 22 or 24 and run this again");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> NodeVersion.judge(Optional.empty()))
                .withMessage(
                        "CDK runs in Node, and there is no node on the PATH. Install Node 22 or 24 and run this again");
    }

    @Test
    void itIsReadFromWhatNodeSays() {
        assertThat(NodeVersion.parse("v20.20.2\n")).contains(new NodeVersion(20));
        assertThat(NodeVersion.parse("command not found")).isEmpty();
    }

    @Test
    void docsNameTheSameOnes() throws IOException {
        assertThat(Files.readString(Path.of("..", "docs", "deploy.md"))).contains(NodeVersion.SUPPORTED);
    }
}
