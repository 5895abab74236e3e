package io.wanspec.infra.layout;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.wanspec.infra.settings.Deployment;
import io.wanspec.infra.settings.DeploymentReader;
import io.wanspec.infra.settings.DraftSite;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The picture in {@code docs/layout.md} is that of the example's templates; it is written anew with them. */
class LayoutPictureTest {
    private static final Path GOLDEN = Path.of("src", "test", "resources", "golden", "templates");
    private static final Path PAGE = Path.of("..", "docs", "layout.md");
    private static final String BEGIN = "```mermaid\n";
    private static final String END = "```\n";

    @Test
    void thePictureIsOfTheTemplates() throws IOException {
        String page = Files.readString(PAGE);
        String head = page.substring(0, page.indexOf(BEGIN) + BEGIN.length());
        String tail = page.substring(page.indexOf(END, head.length()));
        String is = head + picture() + tail;
        if ("write".equals(System.getProperty("wanspec.golden"))) {
            Files.writeString(PAGE, is);
        }
        assertThat(is).isEqualTo(Files.readString(PAGE));
    }

    @Test
    void everyDraftAndTheTargetAreReached() throws IOException {
        Deployment example = example();
        for (DraftSite draft : example.drafts()) {
            assertThat(picture())
                    .containsPattern("(?m)^  wanspec_target_FunctionsApi\\w+ -->.* wanspec_draft_" + draft.id() + "_");
        }
        assertThat(picture())
                .contains("with a secret", "as wanspec-draft-ireland-caller", "client --> wanspec_target_ApiRest")
                .containsPattern("site_lab -->\\|dial\\| wanspec_target_RelayEndpoint")
                .containsPattern("wanspec_target_FunctionsApi\\w+ --> wanspec_target_RelayEndpoint");
    }

    private static Deployment example() throws IOException {
        return DeploymentReader.read(Path.of("examples", "wanspec.yaml"));
    }

    private static String picture() throws IOException {
        Map<String, JsonNode> templates = new LinkedHashMap<>();
        templates.put("wanspec-target", read("wanspec-target"));
        templates.put("wanspec-observability", read("wanspec-observability"));
        for (DraftSite draft : example().allowedDrafts()) {
            String stack = example().draftEndpoint(draft);
            templates.put(stack, read(stack));
        }
        return LayoutPicture.of(example(), templates);
    }

    private static JsonNode read(String stack) throws IOException {
        return new JsonMapper().readTree(GOLDEN.resolve(stack + ".json").toFile());
    }
}
