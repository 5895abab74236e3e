package io.wanspec.infra.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.wanspec.simulator.advice.Advice;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** {@code draftRegions: auto}. */
class DraftChoiceTest {
    @Test
    void allOfThemWithoutIt() throws IOException {
        Deployment deployment = read("draftRegions: all");
        assertThat(deployment.choice()).isNull();
        assertThat(deployment.drafts()).hasSize(3);
        assertThat(read("").drafts()).isEqualTo(deployment.drafts());
    }

    @Test
    void theBestOneWithItAndItSaysWhy() throws IOException {
        Deployment deployment = read("draftRegions: auto");
        assertThat(deployment.drafts()).extracting(DraftSite::id).containsExactly("ohio");
        assertThat(Objects.requireNonNull(deployment.choice()).words())
                .startsWith(
                        "draftRegions: auto chose ohio (us-east-2) of ohio, oregon, ireland: 15 ms away, it saves ");
        assertThat(read("draftRegions: auto")).isEqualTo(deployment);
        assertThat(deployment.named("other", account -> account).choice()).isEqualTo(deployment.choice());
    }

    @Test
    void residencyComesFirst() throws IOException {
        String forbidden =
                text("draftRegions: auto").replace("[us-east-1, us-east-2, us-west-2,", "[us-east-1, us-west-2,");
        Deployment deployment = read(forbidden, "wanspec.yaml");
        assertThat(deployment.allowedDrafts()).extracting(DraftSite::id).containsExactly("oregon");
        assertThat(deployment.forbiddenDrafts()).extracting(DraftSite::id).containsExactly("ohio");
    }

    @Test
    void noneIfNoneIsWorthIt() throws IOException {
        Deployment all = read("draftRegions: all");
        Advice poor = new Advice(
                "us-east-2",
                "Columbus",
                15,
                "published",
                false,
                -1,
                0.1,
                1.2,
                4,
                3,
                822,
                0,
                List.of("not recommended: it saves less than 20 %"),
                List.of());
        DraftChoice choice = new DraftChoice(
                all.drafts(), List.of(new AdvisedDraft(all.drafts().getFirst(), poor)));
        assertThat(choice.chosen()).isEmpty();
        assertThat(choice.words())
                .isEqualTo("draftRegions: auto chose none of ohio, oregon, ireland: of the best, ohio, it says: not"
                        + " recommended: it saves less than 20 %");
    }

    @Test
    void regionsThatNobodyKnowsAreNotChosen() throws IOException {
        String unknown = text("draftRegions: auto")
                .replace("us-east-2", "us-north-7")
                .replace("us-west-2", "us-north-8")
                .replace("eu-west-1", "us-north-9");
        Deployment deployment = read(unknown, "wanspec.yaml");
        assertThat(deployment.drafts()).isEmpty();
        assertThat(Objects.requireNonNull(deployment.choice()).words()).contains("knows none of their regions");
    }

    @Test
    void anotherWordIsRefused() {
        assertThatThrownBy(() -> read("draftRegions: best"))
                .isInstanceOf(SettingsException.class)
                .hasMessageContaining("draftRegions 'best' must be one of all, auto");
    }

    private static Deployment read(String line) throws IOException {
        return read(text(line), "wanspec.yaml");
    }

    private static Deployment read(String text, String file) {
        return DeploymentReader.read(file, new StringReader(text));
    }

    private static String text(String line) throws IOException {
        return Files.readString(Path.of("examples", "wanspec.yaml")).replace("draftRegions: all\n", line + "\n");
    }
}
