package io.wanspec.infra.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The examples are read; each mistake in them names its line, its field and the remedy. */
class DeploymentReaderTest {
    private static final Path EXAMPLE = Path.of("examples", "wanspec.yaml");

    @Test
    void theExampleSaysWhatItSays() throws IOException {
        Deployment example = DeploymentReader.read(EXAMPLE);
        assertThat(example.profile()).isEqualTo(Profile.PROD);
        assertThat(example.target().site()).isEqualTo(new RegionSite("111111111111", "us-east-1"));
        assertThat(example.target().endpoint().instances()).isEqualTo(new InstanceRange("ml.g6.12xlarge", 1, 3, 8));
        assertThat(example.target().busyDraft()).isNotNull();
        assertThat(example.drafts()).extracting(DraftSite::id).containsExactly("ohio", "oregon", "ireland");
        assertThat(example.drafts()).filteredOn(example::isForeign).hasSize(1);
        assertThat(example.onSite()).hasSize(1);
        assertThat(example.allowedSites()).extracting(AllowedSite::name).containsExactly("lab");
        assertThat(example.relay().orElseThrow().instances()).isEqualTo(new InstanceRange("ml.c6i.large", 1, 1, 1));
        assertThat(example.relay().orElseThrow().model().files()).isNull();
        assertThat(example.network()).isEqualTo(Reach.PRIVATE);
        assertThat(example.forbiddenDrafts()).isEmpty();
        assertThat(example.api().console()).isFalse();
    }

    @Test
    void theSmallestHasDefaults() throws IOException {
        Deployment dev = DeploymentReader.read(Path.of("examples", "dev.yaml"));
        assertThat(dev.profile()).isEqualTo(Profile.DEV);
        assertThat(dev.network()).isEqualTo(Reach.PUBLIC);
        assertThat(dev.api().firewall()).isFalse();
        assertThat(dev.api().console()).isFalse();
        assertThat(dev.functions().runtime()).isEqualTo(FunctionRuntime.JAVA25);
        assertThat(dev.drafts()).isEmpty();
    }

    /** Of each: what stands in the example, what stands there instead, the field, and a part of what is said. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "region: us-east-2|region: us-eest2|drafts[0].region|such as us-east-2",
                "region: us-east-2|region: cn-north-1|drafts[0].region|partitions of their own",
                "region: us-east-2|region: us-gov-west-1|drafts[0].region|partitions of their own",
                "draft.example.edu|169.254.169.254|on-site[0]|metadata",
                "draft.example.edu|2852039166|on-site[0]|four numbers",
                "draft.example.edu|0xa9.254.0xa9fe|on-site[0]|four numbers",
                "draft.example.edu|draft.example.edu:65536|on-site[0]|from 1 to 65535",
                "draft.example.edu|127.0.0.1:8443|on-site[0]|has in the network",
                "draft.example.edu|localhost|on-site[0]|has in the network",
                "id: ohio|id: ohio-|drafts[0].id|no hyphen last",
                "name: wanspec|name: Wanspec|name|a letter first",
                "name: wanspec|name:|name|leave the line out",
                "name: wanspec|name: [a]|name|'name: value'",
                "arn:aws:acm:us-east-1|arn:aws:acm:eu-west-1|api|Request one there",
                "type: ml.g6.12xlarge|typ: ml.g6.12xlarge|target.instances.type|ml.g6.xlarge",
                "customer-key: true|customer-keys: true|data.customer-keys|Did you mean customer-key?",
                "network: private|network: vpc|network|public, private",
                "memory-mb: 2048|memory-mb: 100|functions.memory-mb|from 512 to 10240",
                "https://draft.example.edu|http://draft.example.edu|on-site[0].address|https",
                "id: oregon|id: ohio|drafts[1].id|ohio' is that of line 39, too",
                "id: campus|id: ireland|on-site[0].id|ireland' is that of line",
                "id: campus|id: busy||busy' is the one beside the target",
                "us-west-2, eu-west-1, lab]|us-west-2, us-west-2]|residency.prompt-regions|is there twice, first in line",
                "[ops@example.com]|[ops@example.com, ops@example.com]|alarms.emails|keep one",
                "emails: [ops@example.com]|emails: []|alarms|One at least",
                "customer-key: true|customer-key: yes|data.customer-key|true or false",
                "[us-east-1, us-east-2, us-west-2, eu-west-1, lab]|[us-east-2]||Add it",
                "[us-east-1, us-east-2, us-west-2, eu-west-1, lab]|[]||leave residency out",
                "s3://example-models-us-west-2/draft/model.tar.gz|/tmp/model|drafts[1].model.files|s3://BUCKET/KEY.tar.gz",
                "max: 3|max: 0|target.instances.max|from 1 to 100",
                "domain: api.example.com|#|api|both or neither",
                "console: false|console: public|api.console|true or false",
                "console: false|consol: true|api.consol|Did you mean console?",
                "from: \"07:00\"|from: 7|drafts[2].hours.from|a time of the day",
                "to: \"20:00\"|to: \"07:00\"|drafts[2].hours|leave hours out",
                "zone: Europe/Dublin|zone: Dublin|drafts[2].hours|Europe/Dublin",
                "eu-west-1, lab]|eu-west-1, labb]|residency.prompt-regions|the name of a site of onSiteWorkers",
                "type: ml.c6i.large|type: c6i.large|onSiteWorkers.relay.type|one of SageMaker's types",
                "image: 111111111111.dkr.ecr.us-east-1.amazonaws.com/wanspec-endpoint:0.1.0-cpu|image: 111111111111.dkr.ecr.us-west-2.amazonaws.com/e:1|onSiteWorkers.relay|Copy it there",
                "image: 111111111111.dkr.ecr.us-east-1.amazonaws.com/wanspec-endpoint:0.1.0-cpu|#|onSiteWorkers.relay.image|or build",
                "ticket-key: 1|ticket-key: 0|onSiteWorkers.ticket-key|from 1 to 1000000",
                "id: lab|id: Lab|onSiteWorkers.sites[0].id|a letter first",
                "id: lab|id: ohio||two workers are called 'ohio'",
                "site: lab|site: eu-west-3|onSiteWorkers.sites[0].site|not a region's code",
                "site: lab|site: la b|onSiteWorkers.sites[0].site|up to 64 letters",
                "site-prompts: named|site-prompts: all|onSiteWorkers.sites[0].site-prompts|named, any",
                "site-prompts: named|site-prompt: any|onSiteWorkers.sites[0].site-prompt|Did you mean site-prompts?",
            })
    void aMistakeIsToldByLineAndField(String is, String wrong, String field, String remedy) throws IOException {
        String text = Files.readString(EXAMPLE);
        int at = text.indexOf(is);
        String mistaken = text.substring(0, at) + wrong + text.substring(at + is.length());
        SettingsException refused = refused(mistaken);
        assertThat(refused.field()).isEqualTo(field == null ? "" : field);
        assertThat(refused).hasMessageStartingWith("wanspec.yaml, line " + refused.line() + ": ");
        assertThat(refused.getMessage()).containsIgnoringCase(remedy);
        if (!refused.field().isEmpty() && is.contains(":") && !wrong.equals("#") && !wrong.startsWith("typ")) {
            long line = text.substring(0, at).lines().count();
            assertThat((long) refused.line()).isBetween(line - 1, line + 1);
        }
    }

    @Test
    void aMissingSectionSaysWhatToWrite() {
        assertThat(refused("name: x\n")).hasMessageContaining("target is missing");
        assertThat(refused("")).hasMessageContaining("is empty. Begin with infra-cdk/examples/wanspec.yaml");
        assertThat(refused("a: [1\nb: 2")).hasMessageContaining("is no YAML");
        assertThat(refused("- a")).hasMessageContaining("must hold fields");
        assertThat(refused("name: a\nname: b")).hasMessageContaining("line 2: name is there twice, first in line 1");
    }

    /** What finds no room is refused by Lambda, and the browser has a page without scripts. */
    @Test
    void aConsoleNeedsRoomForItsFiles() throws IOException {
        String asked = Files.readString(EXAMPLE).replace("console: false", "console: true");
        assertThat(DeploymentReader.read("wanspec.yaml", new StringReader(asked))
                        .api()
                        .console())
                .isTrue();
        assertThat(DeploymentReader.read(
                                "wanspec.yaml", new StringReader(asked.replace("concurrency: 100", "concurrency: 20")))
                        .api()
                        .console())
                .isTrue();
        SettingsException refused = refused(asked.replace("concurrency: 100", "concurrency: 19"));
        assertThat(refused.field()).isEqualTo("api");
        assertThat(refused).hasMessageContaining("Make it 20 or more, or leave console out");
        assertThat(asked.lines().toList().get(refused.line() - 2)).isEqualTo("api:");
        assertThat(refused(Files.readString(Path.of("examples", "dev.yaml")) + "api: {console: true}\n"))
                .hasMessageContaining("functions.concurrency is 5");
    }

    @Test
    void anImageOfAnotherRegionIsRefused() throws IOException {
        String text = Files.readString(EXAMPLE).replace("ecr.us-west-2", "ecr.us-east-1");
        assertThat(refused(text)).hasMessageContaining("its own region us-west-2 only");
    }

    @Test
    void whatHasHoursDoesNotScale() throws IOException {
        String text = Files.readString(EXAMPLE).replace("{type: ml.m5.2xlarge}", "{type: ml.m5.2xlarge, max: 2}");
        SettingsException refused = refused(text);
        assertThat(refused.field()).isEqualTo("drafts[2]");
        assertThat(refused).hasMessageContaining("leave hours out");
    }

    @Test
    void sitesAreTwoOrMoreButNotTheSame() throws IOException {
        String text = Files.readString(EXAMPLE);
        String two = text.replace("functions:\n", "    - {id: office, site-prompts: any}\nfunctions:\n");
        Deployment read = DeploymentReader.read("wanspec.yaml", new StringReader(two));
        assertThat(read.allowedSites()).containsExactly(new AllowedSite("lab", "lab", SitePrompts.NAMED));
        assertThat(read.forbiddenSites()).containsExactly(new AllowedSite("office", "office", SitePrompts.ANY));
        assertThat(read.relay()).isPresent();
        assertThat(refused(two.replace("{id: office,", "{id: lab,")))
                .hasMessageContaining("'lab' is that of line")
                .extracting(SettingsException::field)
                .isEqualTo("onSiteWorkers.sites[1].id");
        assertThat(refused(two.replace("{id: office,", "{id: office, site: lab,")))
                .hasMessageContaining("Rename one")
                .extracting(SettingsException::field)
                .isEqualTo("onSiteWorkers.sites[1].site");
    }

    /** The id is the site's name where no other is given. */
    @Test
    void anIdThatIsARegionsCodeIsNoSitesName() throws IOException {
        String two = Files.readString(EXAMPLE).replace("functions:\n", "    - {id: us-east-2}\nfunctions:\n");
        assertThat(refused(two))
                .hasMessageContaining("Write a 'site'")
                .extracting(SettingsException::field)
                .isEqualTo("onSiteWorkers.sites[1]");
        Deployment named = DeploymentReader.read(
                "wanspec.yaml", new StringReader(two.replace("{id: us-east-2}", "{id: us-east-2, site: office}")));
        assertThat(named.forbiddenSites()).extracting(AllowedSite::name).containsExactly("office");
    }

    @Test
    void aRelayIsForSitesAlone() throws IOException {
        String text = Files.readString(EXAMPLE);
        assertThat(refused(text.substring(0, text.indexOf("  sites:")) + text.substring(text.indexOf("functions:\n"))))
                .hasMessageContaining("has no sites");
        Deployment none =
                DeploymentReader.read("wanspec.yaml", new StringReader(text.replace("eu-west-1, lab]", "eu-west-1]")));
        assertThat(none.relay()).isEmpty();
        assertThat(none.forbiddenSites()).hasSize(1);
    }

    @Test
    void anImageThatIsBuiltHasNoRegion() throws IOException {
        String text = Files.readString(EXAMPLE).replaceAll("image: [^\\s`]+", "image: build");
        Deployment built = DeploymentReader.read("wanspec.yaml", new StringReader(text));
        assertThat(built.target().endpoint().model().isBuilt()).isTrue();
        assertThat(built.drafts()).allMatch(draft -> draft.endpoint().model().isBuilt());
    }

    @Test
    void whatIsNoTextIsToldPlainly(@TempDir Path folder) throws IOException {
        Path latin = Files.write(folder.resolve("latin.yaml"), new byte[] {'n', 'a', 'm', 'e', ':', ' ', (byte) 0xe9});
        assertThatThrownBy(() -> DeploymentReader.read(latin))
                .isInstanceOf(SettingsException.class)
                .hasMessageContaining("Save it as UTF-8");
        assertThatThrownBy(() -> DeploymentReader.read(folder))
                .isInstanceOf(SettingsException.class)
                .hasMessageContaining("is a directory");
    }

    private static SettingsException refused(String text) {
        return catchThrowableOfType(
                SettingsException.class, () -> DeploymentReader.read("wanspec.yaml", new StringReader(text)));
    }
}
