package io.wanspec.cli;

import io.wanspec.local.launch.LaunchException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Writes a page where the user wants it. */
final class PageFile {
    private PageFile() {}

    static void write(Path file, String page) throws LaunchException {
        try {
            Files.writeString(file, page);
        } catch (IOException e) {
            throw new LaunchException(file + " cannot be written: " + e);
        }
    }
}
