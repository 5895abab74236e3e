package io.wanspec.contracts.http;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.wanspec.contracts.Limits;

/**
 * A request that is refused before any route is reached, by the gateway and by the function in the same words, in the shape of
 * OpenAI's API so that its clients can read them.
 *
 * @param code for programs
 */
public record EdgeError(int status, String message, String code) {
    private static final JsonMapper MAPPER = new JsonMapper();
    private static final int SERVER_ERROR = 500;

    public static EdgeError bodyTooLarge() {
        return new EdgeError(
                413, "The body exceeds " + Limits.HTTP_BODY_BYTES_MAX + " bytes. Send less text.", "request_too_large");
    }

    public static EdgeError headersTooLarge() {
        return new EdgeError(
                431,
                "The headers exceed " + Limits.HTTP_HEADERS_BYTES_MAX + " bytes in all. Send fewer or shorter ones.",
                "headers_too_large");
    }

    public static EdgeError uriTooLong() {
        return new EdgeError(
                414,
                "The URI exceeds " + Limits.HTTP_URI_BYTES_MAX + " bytes. What is long belongs into the body.",
                "uri_too_long");
    }

    public static EdgeError malformed() {
        return new EdgeError(400, "The request is not valid HTTP/1.1.", "malformed_request");
    }

    public static EdgeError malformedUri() {
        return new EdgeError(
                400,
                "The URI is malformed: each '%' must be followed by two hexadecimal digits, and control characters must be "
                        + "written so.",
                "malformed_uri");
    }

    /** @param coding that a body has, and nobody here can undo */
    public static EdgeError unsupportedCoding(String coding) {
        return new EdgeError(
                415,
                "Bodies with the content-encoding '" + coding
                        + "' are not read. Send gzip, deflate or snappy, or leave the "
                        + "body as it is and the header out.",
                "unsupported_content_encoding");
    }

    public static EdgeError unsupportedCharset(String charset) {
        return new EdgeError(
                415,
                "Bodies in the charset '" + charset + "' are not read. JSON is UTF-8: send it so.",
                "unsupported_charset");
    }

    /** Part of a request came, and the rest did not in time. */
    public static EdgeError tooSlow() {
        return new EdgeError(
                408, "The request did not come whole in time. Send it again, without pauses.", "request_timeout");
    }

    public static EdgeError tooManyConnections() {
        return new EdgeError(
                503,
                "Too many connections are open. Close some that are not used, or try again in a second.",
                "too_many_connections");
    }

    /** Whoever passed a request on may have read another of them. */
    public static EdgeError repeatedHeader(String name) {
        return new EdgeError(400, "The header '" + name + "' was sent twice. Send it once.", "repeated_header");
    }

    /** A page elsewhere whose name was made to point here (DNS rebinding), or a proxy that nobody has told of. */
    public static EdgeError hostNotAllowed() {
        return new EdgeError(
                403,
                "This server does not answer for the Host that was asked for. Ask for localhost or 127.0.0.1, or name "
                        + "the host in the setting wanspec.http.allowed-hosts (WANSPEC_HTTP_ALLOWED_HOSTS).",
                "host_not_allowed");
    }

    public static EdgeError originNotAllowed() {
        return new EdgeError(
                403,
                "Web pages of this origin may not call this server. Name the origin in the setting "
                        + "wanspec.http.cors-origins (WANSPEC_HTTP_CORS_ORIGINS), or * for all.",
                "origin_not_allowed");
    }

    public String type() {
        return status >= SERVER_ERROR ? "server_error" : "invalid_request_error";
    }

    /** {@code {"error": {"message", "type", "param", "code"}}}. */
    public String json() {
        ObjectNode body = MAPPER.createObjectNode();
        ObjectNode error = body.putObject("error");
        error.put("message", message);
        error.put("type", type());
        error.putNull("param");
        error.put("code", code);
        return body.toString();
    }
}
