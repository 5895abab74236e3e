package io.wanspec.local.functions;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Notes each call and its setting in a file, and has bad jobs delivered again. */
public final class NotingFunction implements RequestStreamHandler {
    private static final Pattern MESSAGE = Pattern.compile("\"messageId\": *\"([^\"]+)\"");

    @Override
    public void handleRequest(InputStream in, OutputStream out, Context context) throws IOException {
        String event = new String(in.readAllBytes(), StandardCharsets.UTF_8).replace('\n', ' ');
        Files.writeString(
                Path.of(System.getenv("CALLS")),
                System.getenv("SETTING") + " " + event + "\n",
                StandardOpenOption.CREATE,
                StandardOpenOption.APPEND);
        Matcher id = MESSAGE.matcher(event);
        String kept = event.contains("bad job") && id.find() ? "{\"itemIdentifier\":\"" + id.group(1) + "\"}" : "";
        out.write(("{\"batchItemFailures\":[" + kept + "]}").getBytes(StandardCharsets.UTF_8));
    }
}
