package io.wanspec.functions.http;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import java.io.IOException;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Why a body cannot be read, truly: a client that looks for a missing comma must not be sent to do so in vain. */
final class JsonFaults {
    private static final int SHOWN_LENGTH_MAX = 64;

    /** A surrogate's escape: the parser takes halves of a pair, which are no text and cannot be sent on. */
    private static final Pattern SURROGATE_ESCAPE = Pattern.compile("\\\\u[dD][89a-fA-F]");

    private JsonFaults() {}

    /** @param parser where it stopped */
    static ApiException of(JsonProcessingException fault, JsonParser parser) {
        String said = String.valueOf(fault.getOriginalMessage());
        String where = " (line " + parser.currentLocation().getLineNr() + ", column "
                + parser.currentLocation().getColumnNr() + ")";
        if (said.startsWith("Duplicate field")) {
            String name = shown(name(parser));
            return ApiException.duplicate(
                    name, "The body has the field '" + name + "' twice" + where + ". Send it once.");
        }
        if (fault instanceof StreamConstraintsException) {
            return ApiException.malformed(limit(said, parser) + where + ".");
        }
        return ApiException.malformed("The body is not valid JSON" + where + ". Check brackets, quotes and commas.");
    }

    private static String limit(String said, JsonParser parser) {
        if (said.startsWith("Number")) {
            return "The number at '" + shown(name(parser)) + "' has more than " + Json.NUMBER_LENGTH_MAX + " digits";
        }
        return said.startsWith("Document nesting")
                ? "The body nests deeper than " + Json.NESTING_MAX + " levels"
                : "The body is beyond what is read";
    }

    /** @throws ApiException if a string of the body holds half of a surrogate pair */
    static void refuseHalfCharacters(String body) {
        var escapes = SURROGATE_ESCAPE.matcher(body);
        if (escapes.find() && hasHalfCharacter(body, escapes.start())) {
            throw ApiException.malformed(
                    "The body escapes one half of a surrogate pair (\\ud800 to \\udfff) without the"
                            + " other, which is no character. Send both, or the character itself.");
        }
    }

    private static boolean hasHalfCharacter(String body, int from) {
        for (int at = body.indexOf('\\', from); at >= 0 && at + 1 < body.length(); at = body.indexOf('\\', at)) {
            char unit = unit(body, at);
            if (Character.isHighSurrogate(unit) && Character.isLowSurrogate(unit(body, at + 6))) {
                at += 12;
            } else if (Character.isSurrogate(unit)) {
                return true;
            } else {
                at += 2;
            }
        }
        return false;
    }

    /** The UTF-16 unit that is escaped here, or 0. */
    private static char unit(String body, int at) {
        boolean escape = body.startsWith("\\u", at) && at + 6 <= body.length();
        try {
            return escape ? (char) Integer.parseInt(body, at + 2, at + 6, 16) : 0;
        } catch (NumberFormatException e) {
            return 0;
        }
    }

    private static @Nullable String name(JsonParser parser) {
        try {
            return parser.currentName();
        } catch (IOException e) {
            return null;
        }
    }

    private static String shown(@Nullable String name) {
        if (name == null) {
            return "";
        }
        return name.length() <= SHOWN_LENGTH_MAX ? name : name.substring(0, SHOWN_LENGTH_MAX) + "...";
    }
}
