package io.wanspec.functions.edge;

import java.util.regex.Pattern;

/** Whether a request's URI can be decoded at all. Characters that should have been escaped, and are plain, are let pass. */
final class UriForm {
    private static final Pattern WRONG = Pattern.compile("%(?![0-9A-Fa-f]{2})|[\\x00-\\x20\\x7F]");

    private UriForm() {}

    static boolean isRight(String uri) {
        return !WRONG.matcher(uri).find();
    }
}
