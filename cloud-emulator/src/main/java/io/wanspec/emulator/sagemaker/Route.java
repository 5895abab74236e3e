package io.wanspec.emulator.sagemaker;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Which call a request path names, and on which endpoint. */
record Route(Operation operation, String endpointName) {
    private static final String NAME = "[a-zA-Z0-9](?:-*[a-zA-Z0-9]){0,62}";
    private static final Pattern NAME_PATTERN = Pattern.compile(NAME);
    private static final Pattern PATH = Pattern.compile("/endpoints/(" + NAME
            + ")/(invocations|invocations-response-stream|invocations-bidirectional-stream)(?:\\?.*)?");

    /** @return null if the request is none of the invoke calls */
    static @Nullable Route of(@Nullable CharSequence method, @Nullable CharSequence path) {
        if (method == null || path == null || !method.toString().equals("POST")) {
            return null;
        }
        Matcher matcher = PATH.matcher(path);
        return matcher.matches() ? new Route(operation(matcher.group(2)), matcher.group(1)) : null;
    }

    static boolean isEndpointName(String name) {
        return NAME_PATTERN.matcher(name).matches();
    }

    private static Operation operation(String last) {
        return switch (last) {
            case "invocations" -> Operation.INVOKE;
            case "invocations-response-stream" -> Operation.RESPONSE_STREAM;
            case "invocations-bidirectional-stream" -> Operation.BIDIRECTIONAL_STREAM;
            default -> throw new IllegalStateException(last);
        };
    }
}
