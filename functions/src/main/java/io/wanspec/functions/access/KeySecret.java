package io.wanspec.functions.access;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.zip.CRC32;

/**
 * A bearer key as a client sends it: {@code wsk_<id>_<secret><checksum>}. The prefix lets scanners find one that was published
 * by mistake; the id (12 characters) is public and names the key in lists and logs; the secret (43 characters) has 256 random
 * bits; the checksum (6 characters) tells a typo from a key without asking the table.
 *
 * <p>The table has only the SHA-256 of the whole. A slow hash such as bcrypt protects secrets that people choose, by making each
 * guess dear. Nobody guesses 256 random bits at any price, and a slow hash would let anybody who sends keys buy our time with
 * his.
 */
public final class KeySecret {
    static final int LENGTH = 4 + 12 + 1 + 43 + 6;

    private static final String PREFIX = "wsk_";
    private static final String ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
    private static final String ID_ALPHABET = "0123456789abcdefghijklmnopqrstuvwxyz";
    private static final int ID_LENGTH = 12;
    private static final int SECRET_LENGTH = 43;
    private static final int CHECKSUM_LENGTH = 6;
    private static final Pattern FORM = Pattern.compile("wsk_([0-9a-z]{12})_[0-9A-Za-z]{43}[0-9A-Za-z]{6}");

    private final String text;
    private final String id;

    private KeySecret(String text, String id) {
        this.text = text;
        this.id = id;
    }

    /** A new one. */
    public static KeySecret draw(SecureRandom random) {
        String id = draw(random, ID_ALPHABET, ID_LENGTH);
        String body = PREFIX + id + "_" + draw(random, ALPHABET, SECRET_LENGTH);
        return new KeySecret(body + checksum(body), id);
    }

    /** What a client sent, if it can be a key at all. */
    public static Optional<KeySecret> parse(String text) {
        // Looked at first: a header may be long.
        if (text.length() != LENGTH) {
            return Optional.empty();
        }
        var matcher = FORM.matcher(text);
        String body = text.substring(0, LENGTH - CHECKSUM_LENGTH);
        return matcher.matches() && checksum(body).equals(text.substring(body.length()))
                ? Optional.of(new KeySecret(text, matcher.group(1)))
                : Optional.empty();
    }

    public String id() {
        return id;
    }

    /** To be shown once, to whoever made the key. */
    public String reveal() {
        return text;
    }

    /** What the table knows it by: 64 hexadecimal digits. */
    public String hash() {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.US_ASCII));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    /** Never the secret: this may end up in a log. */
    @Override
    public String toString() {
        return PREFIX + id + "_...";
    }

    private static String draw(SecureRandom random, String alphabet, int length) {
        StringBuilder drawn = new StringBuilder(length);
        for (int i = 0; i < length; i++) {
            drawn.append(alphabet.charAt(random.nextInt(alphabet.length())));
        }
        return drawn.toString();
    }

    /** CRC-32 in base 62, which six digits hold. */
    private static String checksum(String body) {
        CRC32 crc = new CRC32();
        crc.update(body.getBytes(StandardCharsets.UTF_8));
        long rest = crc.getValue();
        char[] digits = new char[CHECKSUM_LENGTH];
        for (int i = CHECKSUM_LENGTH - 1; i >= 0; i--) {
            digits[i] = ALPHABET.charAt((int) (rest % ALPHABET.length()));
            rest /= ALPHABET.length();
        }
        return new String(digits);
    }
}
