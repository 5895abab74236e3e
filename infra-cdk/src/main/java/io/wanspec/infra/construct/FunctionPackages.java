package io.wanspec.infra.construct;

import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The functions' zips, as the build leaves them.
 *
 * @param folder where they are
 */
public record FunctionPackages(Path folder) {
    /** @throws IllegalArgumentException with the command that makes it, if it is not there */
    Path zip(String function) {
        Path zip = folder.resolve("functions-" + function + ".zip");
        if (!Files.isRegularFile(zip)) {
            throw new IllegalArgumentException("the package of the function " + function + ", " + zip
                    + ", is not there. Make the packages: mvn package -DskipTests -pl functions -am (java25), then"
                    + " tools/package-functions (provided.al2023)");
        }
        return zip;
    }
}
