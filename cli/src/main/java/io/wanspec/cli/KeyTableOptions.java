package io.wanspec.cli;

import io.wanspec.local.launch.LaunchException;
import io.wanspec.local.models.WanspecHome;
import java.net.URI;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Which table the keys are in. */
final class KeyTableOptions {
    @Spec(Spec.Target.MIXEE)
    private @Nullable CommandSpec spec;

    @Option(
            names = "--table",
            paramLabel = "NAME",
            description =
                    "A DynamoDB table, with the credentials of your AWS profile (default: the running local cloud's).")
    private @Nullable String table;

    @Option(names = "--region", paramLabel = "NAME", description = "The table's region; needed with --table.")
    private @Nullable String region;

    @Option(
            names = "--endpoint-url",
            paramLabel = "URL",
            description = "Where the table's service is, with --table (default: the region's own address).")
    private @Nullable String endpoint;

    KeyTable open(WanspecHome home) throws LaunchException {
        if (table == null) {
            refuseIf(
                    region != null || endpoint != null, "--region and --endpoint-url say where a --table is; name it.");
            return KeyTable.local(home);
        }
        if (region == null) {
            throw refused("--table needs its --region; use for instance --region us-east-1.");
        }
        try {
            return KeyTable.named(table, region, endpoint == null ? null : URI.create(endpoint));
        } catch (IllegalArgumentException e) {
            throw refused(e.getMessage() + ".");
        }
    }

    private void refuseIf(boolean wrong, String sentence) {
        if (wrong) {
            throw refused(sentence);
        }
    }

    private ParameterException refused(String sentence) {
        return new ParameterException(Bounds.of(spec).spec().commandLine(), sentence);
    }
}
