package io.wanspec.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** OptionFolder that an option names. */
final class OptionFolder {
    private OptionFolder() {}

    /** Made if it is not there; refused like any other value that cannot be used. */
    static void make(Bounds bounds, String option, Path folder) {
        try {
            Files.createDirectories(folder);
        } catch (IOException e) {
            throw bounds.outside(option, folder.toString(), "a folder that can be made", option + " study");
        }
        if (!Files.isWritable(folder)) {
            throw bounds.outside(option, folder.toString(), "a folder that can be written to", option + " study");
        }
    }
}
