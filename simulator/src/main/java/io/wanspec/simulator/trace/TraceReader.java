package io.wanspec.simulator.trace;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.Reader;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads a trace: UTF-8, a header line, then a line for each request. Blank lines are skipped. */
public final class TraceReader {
    /** All requests' tokens together, so that a trace fits the memory of the one who replays it. */
    static final int TOKENS_MAX = 2_000_000;

    private final BufferedReader in;
    private int line;

    private TraceReader(Reader in) {
        this.in = new BufferedReader(in);
    }

    /** @throws TraceException if the file is no trace; an {@link IOException} of another kind if it cannot be read */
    public static Trace read(Path file) throws IOException {
        try (Reader in = Files.newBufferedReader(file)) {
            return read(in);
        }
    }

    /** @throws TraceException if the text is no trace */
    public static Trace read(Reader in) throws IOException {
        return new TraceReader(in).all();
    }

    private Trace all() throws IOException {
        String first = next();
        if (first == null) {
            throw TraceException.at(1, "there is no header; a trace begins with {\"format\":\"wanspec-trace\",…}");
        }
        TraceHeader header = TraceCodec.decode(TraceHeader.class, first, line);
        List<TraceRequest> requests = new ArrayList<>();
        int tokens = 0;
        for (String text = next(); text != null; text = next()) {
            TraceRequest request = TraceCodec.decode(TraceRequest.class, text, line);
            requests.add(request);
            tokens += request.tokens();
            requireBounds(requests.size(), tokens);
        }
        if (requests.isEmpty()) {
            throw TraceException.at(line, "there is no request behind the header");
        }
        return new Trace(header, requests);
    }

    private void requireBounds(int requests, int tokens) throws TraceException {
        if (requests > Trace.REQUESTS_MAX) {
            throw TraceException.at(line, "a trace has at most " + Trace.REQUESTS_MAX + " requests; split it");
        }
        if (tokens > TOKENS_MAX) {
            throw TraceException.at(line, "a trace has at most " + TOKENS_MAX + " tokens in all; split it");
        }
    }

    /** The next line that is not blank, or null. */
    private @Nullable String next() throws IOException {
        String text = nextLine();
        while (text != null && text.isBlank()) {
            text = nextLine();
        }
        return text;
    }

    private @Nullable String nextLine() throws IOException {
        line++;
        StringBuilder text = new StringBuilder();
        try {
            int c = in.read();
            if (c < 0) {
                return null;
            }
            for (; c >= 0 && c != '\n'; c = in.read()) {
                if (text.length() == TraceCodec.LINE_LENGTH_MAX) {
                    throw TraceException.at(line, "longer than " + TraceCodec.LINE_LENGTH_MAX + " characters");
                }
                text.append((char) c);
            }
            return text.toString();
        } catch (CharacterCodingException e) {
            throw TraceException.at(line, "not UTF-8", e);
        }
    }
}
