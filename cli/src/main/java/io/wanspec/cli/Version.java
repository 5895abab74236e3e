package io.wanspec.cli;

import java.util.Optional;
import picocli.CommandLine.IVersionProvider;

/** Version of this build and of the Java that runs it. */
final class Version implements IVersionProvider {
    @Override
    public String[] getVersion() {
        String version = Optional.ofNullable(Version.class.getPackage().getImplementationVersion())
                .orElse("development");
        return new String[] {
            "wanspec " + version + " (Java " + Runtime.version().feature() + ")"
        };
    }
}
