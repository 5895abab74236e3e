package io.wanspec.emulator.aws;

import io.wanspec.emulator.pip.Folders;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;

/**
 * The mark of a whole installation, a file within it: the pinned requirements that it was made of, and the bytes that it then
 * had, because reading them all takes a while.
 */
final class AwsInstallation {
    static final String REQUIREMENTS = AwsProgram.resource("requirements.txt");

    private static final String MARK = "installed.txt";
    private static final String PYTHON = "python ";
    private static final String BYTES = "bytes ";

    private AwsInstallation() {}

    /** Marks {@code site} as whole. */
    static void mark(Path site, Path python) throws IOException {
        String mark = PYTHON + python + "\n" + BYTES + bytes(site) + "\n" + REQUIREMENTS;
        Files.writeString(site.resolve(MARK), mark);
    }

    /** Whether all of it is there, in the version that is wanted. */
    static boolean isWhole(Path site) throws IOException {
        List<String> lines = lines(site);
        return lines.size() > 2
                && String.join("\n", lines.subList(2, lines.size())).equals(REQUIREMENTS.stripTrailing())
                && lines.get(1).equals(BYTES + bytes(site));
    }

    /** The interpreter that it was made for. */
    static Path python(Path site) throws IOException {
        return Path.of(lines(site).getFirst().substring(PYTHON.length()));
    }

    private static List<String> lines(Path site) throws IOException {
        try {
            return Files.readAllLines(site.resolve(MARK));
        } catch (NoSuchFileException notInstalled) {
            return List.of();
        }
    }

    /** Without the mark itself, and without what Python compiles when it likes. */
    private static long bytes(Path site) {
        return Folders.bytes(
                site,
                file -> !file.endsWith(MARK) && !file.getFileName().toString().endsWith(".pyc"));
    }
}
