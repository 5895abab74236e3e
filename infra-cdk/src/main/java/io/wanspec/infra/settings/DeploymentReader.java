package io.wanspec.infra.settings;

import java.io.IOException;
import java.io.Reader;
import java.io.StringReader;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.Node;

/** Reads {@code wanspec.yaml}. {@code infra-cdk/examples/wanspec.yaml} explains every field. */
public final class DeploymentReader {
    static final Pattern NAME = Pattern.compile("[a-z]([a-z0-9-]{0,18}[a-z0-9])?");
    static final String NAME_REMEDY = "up to 20 small letters, digits and hyphens, a letter first and no hyphen last";
    private static final Pattern ACCOUNT = Pattern.compile("[0-9]{12}");
    private static final Pattern REGION = Pattern.compile("(?!cn-|us-gov-|[a-z]+-iso)[a-z]{2}(-[a-z]+)+-[0-9]");
    static final Pattern IMAGE = Pattern.compile(
            "build|[0-9]{12}\\.dkr\\.ecr\\.[a-z0-9-]+\\.amazonaws\\.com/[a-z0-9._/-]+(:[\\w.-]+|@sha256:[0-9a-f]{64})");
    private static final Pattern FILES = Pattern.compile("s3://[a-z0-9.-]{3,63}/[\\w./-]+\\.tar\\.gz");
    static final Pattern TYPE = Pattern.compile("ml\\.[a-z0-9-]+\\.[a-z0-9]+");
    private static final Pattern ADDRESS = Pattern.compile("https://[\\w.-]+(:[0-9]{1,5})?(/[\\w./-]*)?");
    private static final Pattern SECRET =
            Pattern.compile("arn:aws:secretsmanager:[a-z0-9-]+:[0-9]{12}:secret:[\\w/+=.@-]+-[A-Za-z0-9]{6}");
    private static final Pattern DOMAIN = Pattern.compile("([a-z0-9-]+\\.)+[a-z]{2,}");
    private static final Pattern CERTIFICATE = Pattern.compile("arn:aws:acm:[a-z0-9-]+:[0-9]{12}:certificate/[\\w-]+");
    private static final Pattern EMAIL = Pattern.compile("[^@\\s]+@[^@\\s]+\\.[^@\\s]+");
    private static final Pattern TIME = Pattern.compile("([01][0-9]|2[0-3]):[0-5][0-9]");
    private static final int REGION_OF_ARN = 3;

    /** The page's files, and some answers beside them: what finds no room is refused, and the page comes in part. */
    private static final int CONSOLE_CONCURRENCY_MIN = 20;

    static final String IMAGE_REMEDY = "the model server's URI in ECR, with a tag or a digest, or build";
    static final String TYPE_REMEDY = "one of SageMaker's types such as ml.g6.xlarge";
    private static final String TIME_REMEDY = "a time of the day in quotes such as \"07:00\"";
    private static final String REGION_REMEDY =
            "a region's code such as us-east-2; China, GovCloud and the isolated regions"
                    + " are partitions of their own, which the templates do not serve";

    private DeploymentReader() {}

    /** @throws SettingsException if it cannot be used; the message says where and why */
    public static Deployment read(Path file) throws IOException {
        String name = String.valueOf(file.getFileName());
        if (Files.isDirectory(file)) {
            throw new SettingsException(name, 1, "", "is a directory. Name the file in it, such as wanspec.yaml");
        }
        String text;
        try {
            text = Files.readString(file);
        } catch (NoSuchFileException e) {
            throw new SettingsException("there is no " + file + ". Begin with infra-cdk/examples/wanspec.yaml");
        } catch (CharacterCodingException e) {
            throw new SettingsException(name, 1, "", "is no text in UTF-8. Save it as UTF-8");
        }
        return read(name, new StringReader(text));
    }

    static Deployment read(String file, Reader reader) {
        Node root;
        try {
            root = new Yaml(new LoaderOptions()).compose(reader);
        } catch (MarkedYAMLException e) {
            int line = e.getProblemMark() == null ? 1 : e.getProblemMark().getLine() + 1;
            throw new SettingsException(file, line, "", "is no YAML: " + e.getProblem());
        } catch (YAMLException e) {
            throw new SettingsException(file, 1, "", "is no YAML: " + e.getMessage());
        }
        if (root == null) {
            throw new SettingsException(file, 1, "", "is empty. Begin with infra-cdk/examples/wanspec.yaml");
        }
        return Section.of(file, "", root).read(DeploymentReader::deployment);
    }

    private static Deployment deployment(Section at) {
        Profile profile = at.choice("profile", Profile.class, Profile.PROD);
        TargetSite target =
                at.requiredSection("target", "where the target is: account, region, model, instances", s -> target(s));
        at.distinct("id", "drafts", "on-site");
        Optional<OnSiteWorkers> dialIn = at.section("onSiteWorkers", s -> SitesReader.read(s, target.site()));
        FunctionSettings functions =
                at.section("functions", DeploymentReader::functions).orElse(FunctionSettings.DEFAULT);
        Deployment all = new Deployment(
                at.matching("name", NAME, NAME_REMEDY).orElse("wanspec"),
                profile,
                target,
                at.sections("drafts", DeploymentReader::draft),
                at.sections("on-site", DeploymentReader::onSite),
                dialIn.orElse(null),
                functions,
                at.section("api", s -> api(s, profile, target.site(), functions))
                        .orElseGet(() -> new ApiSettings(null, null, profile.keepsData(), 50, false)),
                at.section("data", DeploymentReader::data).orElse(new DataSettings(false, 24)),
                at.choice("network", Reach.class, Reach.PUBLIC),
                residency(at, dialIn.map(OnSiteWorkers::sites).orElse(List.of())),
                at.requiredSection(
                        "alarms", "who hears of alarms: alarms: {emails: [you@example.com]}", DeploymentReader::alarms),
                at.section("traffic", DeploymentReader::traffic).orElse(new TrafficForecast(1000, 500, 256)),
                null);
        return switch (at.choice("draftRegions", DraftRegions.class, DraftRegions.ALL)) {
            case ALL -> all;
            case AUTO -> all.withBestDraft();
        };
    }

    private static TargetSite target(Section at) {
        RegionSite site = site(at);
        EndpointPlan endpoint = endpoint(at, site);
        return new TargetSite(
                site, endpoint, at.section("busy-draft", s -> endpoint(s, site)).orElse(null));
    }

    private static DraftSite draft(Section at) {
        String id = id(at);
        RegionSite site = site(at);
        return new DraftSite(
                id,
                site,
                endpoint(at, site),
                at.section("hours", DeploymentReader::hours).orElse(null));
    }

    private static OpenHours hours(Section at) {
        return new OpenHours(
                LocalTime.parse(at.required("from", TIME, TIME_REMEDY)),
                LocalTime.parse(at.required("to", TIME, TIME_REMEDY)),
                at.choice("days", OpenDays.class, OpenDays.DAILY),
                zone(at.text("zone").orElse("UTC")));
    }

    private static ZoneId zone(String name) {
        if (!ZoneId.getAvailableZoneIds().contains(name)) {
            throw new IllegalArgumentException("zone '" + name + "' is unknown. Write a name such as Europe/Dublin");
        }
        return ZoneId.of(name);
    }

    private static String id(Section at) {
        return at.required("id", NAME, NAME_REMEDY);
    }

    private static RegionSite site(Section at) {
        return new RegionSite(
                at.required("account", ACCOUNT, "the account's twelve digits, in quotes"),
                at.required("region", REGION, REGION_REMEDY));
    }

    private static EndpointPlan endpoint(Section at, RegionSite site) {
        ServedFiles model =
                at.requiredSection("model", "the model: {image: ..., files: s3://.../model.tar.gz}", s -> model(s));
        model.requireNear("model.image", site.region());
        return new EndpointPlan(
                model, at.requiredSection("instances", "what it runs on: {type: ml.g6.xlarge}", s -> instances(s)));
    }

    private static ServedFiles model(Section at) {
        return new ServedFiles(
                at.required("image", IMAGE, IMAGE_REMEDY),
                at.required("files", FILES, "where its files lie: s3://BUCKET/KEY.tar.gz"),
                at.choice("device", Device.class, Device.GPU));
    }

    private static InstanceRange instances(Section at) {
        String type = at.required("type", TYPE, TYPE_REMEDY);
        int min = at.whole("min", 1, 1, 100);
        return new InstanceRange(
                type, min, at.whole("max", Math.max(min, 1), 1, 100), at.whole("sessions-each", 8, 1, 1000));
    }

    private static OnSiteWorker onSite(Section at) {
        return new OnSiteWorker(
                id(at),
                at.required("region", REGION, REGION_REMEDY),
                at.required("address", ADDRESS, "an https address: prompts leave the machine encrypted only"),
                at.matching("secret", SECRET, "the full ARN of a secret in Secrets Manager")
                        .orElse(null));
    }

    private static FunctionSettings functions(Section at) {
        FunctionSettings absent = FunctionSettings.DEFAULT;
        return new FunctionSettings(
                at.choice("runtime", FunctionRuntime.class, absent.runtime()),
                at.whole("memory-mb", absent.memoryMb(), 512, 10_240),
                at.whole("concurrency", absent.concurrency(), 1, 10_000),
                at.whole("jobs", absent.jobs(), 2, 1_000),
                at.text("packages").orElse(null));
    }

    private static ApiSettings api(Section at, Profile profile, RegionSite target, FunctionSettings functions) {
        return new ApiSettings(
                at.matching("domain", DOMAIN, "a name such as api.example.com").orElse(null),
                certificate(at, target).orElse(null),
                at.flag("firewall", profile.keepsData()),
                at.whole("requests-per-second", 50, 1, 10_000),
                console(at, functions));
    }

    private static boolean console(Section at, FunctionSettings functions) {
        boolean console = at.flag("console", false);
        if (console && functions.concurrency() < CONSOLE_CONCURRENCY_MIN) {
            throw new IllegalArgumentException("console is true, and a browser asks for the page's files all at once,"
                    + " each of which is a call: functions.concurrency is " + functions.concurrency()
                    + ". Make it " + CONSOLE_CONCURRENCY_MIN + " or more, or leave console out");
        }
        return console;
    }

    private static Optional<String> certificate(Section at, RegionSite target) {
        Optional<String> certificate =
                at.matching("certificate", CERTIFICATE, "the ARN of a certificate in ACM, in the target's region");
        certificate.map(arn -> arn.split(":", -1)[REGION_OF_ARN]).ifPresent(region -> {
            if (!region.equals(target.region())) {
                throw new IllegalArgumentException("certificate lies in " + region
                        + ", and API Gateway takes those of its own region " + target.region()
                        + " only. Request one there");
            }
        });
        return certificate;
    }

    private static DataSettings data(Section at) {
        return new DataSettings(at.flag("customer-key", false), at.whole("hours", 24, 1, 8760));
    }

    private static Residency residency(Section at, List<AllowedSite> sites) {
        Pattern place = sites.isEmpty() ? REGION : either(REGION, sites);
        String remedy = sites.isEmpty() ? REGION_REMEDY : REGION_REMEDY + "; or the name of a site of onSiteWorkers";
        Optional<Residency> said =
                at.section("residency", s -> new Residency(s.texts("prompt-regions", place, remedy)));
        if (said.isPresent() && said.get().promptRegions().isEmpty()) {
            // Whoever writes this forbids; no list at all is what allows every region.
            throw new IllegalArgumentException("residency has no prompt-regions, so nobody could be served. Add the"
                    + " target's region, or leave residency out");
        }
        return said.orElse(new Residency(List.of()));
    }

    private static Pattern either(Pattern region, List<AllowedSite> sites) {
        String names = sites.stream().map(site -> Pattern.quote(site.name())).collect(Collectors.joining("|"));
        return Pattern.compile(region.pattern() + "|" + names);
    }

    private static AlarmSettings alarms(Section at) {
        List<String> emails = at.texts("emails", EMAIL, "an address such as ops@example.com");
        if (emails.isEmpty()) {
            throw new IllegalArgumentException("has no emails, so nobody would hear of an alarm. Write one at least");
        }
        return new AlarmSettings(emails, at.whole("monthly-usd", 0, 0, 100_000_000));
    }

    private static TrafficForecast traffic(Section at) {
        return new TrafficForecast(
                at.whole("requests-per-day", 1000, 0, 100_000_000),
                at.whole("prompt-tokens", 500, 1, 131_072),
                at.whole("answer-tokens", 256, 1, 131_072));
    }
}
