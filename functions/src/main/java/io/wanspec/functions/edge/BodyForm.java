package io.wanspec.functions.edge;

import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import io.wanspec.contracts.http.EdgeError;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Whether a body is compressed and written in a way that is read here; it would be taken for plain UTF-8 otherwise. */
final class BodyForm {
    private static final int SHOWN_MAX = 64;

    /** Those that the server undoes; one at a time. */
    private static final Set<String> CODINGS =
            Set.of("", "identity", "gzip", "x-gzip", "deflate", "x-deflate", "snappy");

    private static final Set<String> CHARSETS = Set.of("utf-8", "utf8", "us-ascii", "ascii");
    private static final Pattern CHARSET = Pattern.compile(";\\s*charset\\s*=\\s*\"?([^\";\\s]*)");

    private BodyForm() {}

    static Optional<EdgeError> refusal(HttpRequest<?> request) {
        if (!request.getMethod().permitsRequestBody()) {
            return Optional.empty();
        }
        String coding = header(request, HttpHeaders.CONTENT_ENCODING);
        if (!CODINGS.contains(coding)) {
            return Optional.of(EdgeError.unsupportedCoding(shown(coding)));
        }
        Matcher charset = CHARSET.matcher(header(request, HttpHeaders.CONTENT_TYPE));
        return charset.find() && !CHARSETS.contains(charset.group(1))
                ? Optional.of(EdgeError.unsupportedCharset(shown(charset.group(1))))
                : Optional.empty();
    }

    private static String header(HttpRequest<?> request, String name) {
        List<String> all = request.getHeaders().getAll(name);
        return String.join(", ", all).strip().toLowerCase(Locale.ROOT);
    }

    private static String shown(String text) {
        return text.length() <= SHOWN_MAX ? text : text.substring(0, SHOWN_MAX) + "...";
    }
}
