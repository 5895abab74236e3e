package io.wanspec.infra.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What people see of {@code wanspec deploy}. */
class DeployMainTest {
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @TempDir
    private Path folder = Path.of(".");

    @Test
    void aPlanOfTheSmallestAsksForNothing() {
        assertThat(run("plan", "--settings", "examples/dev.yaml")).isZero();
        assertThat(out.toString())
                .contains("Deployment wanspec-dev, profile dev")
                .contains("No draft region: nothing is saved in the busy one.");
    }

    @Test
    void aMistakeIsOneSentence() throws IOException {
        Path wrong = Files.writeString(
                folder.resolve("wanspec.yaml"),
                Files.readString(Path.of("examples/dev.yaml")).replace("dev\n", "dve\n"));
        assertThat(run("plan", "--settings", wrong.toString())).isEqualTo(2);
        assertThat(err.toString())
                .startsWith("wanspec deploy: wanspec.yaml, line ")
                .contains("dev, prod")
                .hasLineCount(1);
    }

    @Test
    void aMissingFileNamesTheExample() {
        assertThat(run("synth", "--settings", folder.resolve("none.yaml").toString()))
                .isEqualTo(2);
        assertThat(err.toString()).contains("infra-cdk/examples/wanspec.yaml");
    }

    @Test
    void whatIsNoAddressIsNotAsked() {
        assertThat(run("smoke", "--url", "nonsense")).isEqualTo(2);
        assertThat(err.toString()).startsWith("'nonsense' is no address of an API");
    }

    @Test
    void whereNobodyAnswersIsSaidOnce() throws IOException {
        int port;
        try (ServerSocket closed = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = closed.getLocalPort();
        }
        assertThat(run("smoke", "--url", "http://127.0.0.1:" + port + "/v1")).isEqualTo(1);
        assertThat(out.toString())
                .contains("nobody answers at http://127.0.0.1:")
                .hasLineCount(1);
    }

    @Test
    void theCdkIsPinnedAndTakesTheTemplatesThatWereWritten() {
        assertThat(CdkCommand.command(List.of("diff"), Path.of("out")))
                .containsExactly("npx", "--yes", "aws-cdk@2.1148.1", "diff", "--app", "out");
    }

    private int run(String... arguments) {
        return DeployMain.run(new PrintWriter(out, true), new PrintWriter(err, true), arguments);
    }
}
