package io.wanspec.evaluation.probe;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * What a probe found, as lines of JSON: first its plan, then an answer a line, each written whole before the next. A line that a kill
 * tore is cut off when the run is gone on with.
 */
public final class ProbeLog implements AutoCloseable {
    private static final JsonMapper JSON = new JsonMapper();
    private static final long BYTES_MAX = 64L << 20;

    /** The first had names of endpoints alone. */
    private static final int VERSION = 2;

    private final ProbePlan plan;
    private final List<ProbeAnswer> before;
    private final FileChannel file;

    private ProbeLog(ProbePlan plan, List<ProbeAnswer> before, FileChannel file) {
        this.plan = plan;
        this.before = before;
        this.file = file;
    }

    /**
     * What a log holds.
     *
     * @param version that wrote it; of the first only the endpoints' names are known
     */
    public record Read(int version, ProbePlan plan, List<ProbeAnswer> answers, long wholeBytes) {
        public Read {
            answers = List.copyOf(answers);
        }
    }

    /** Begins a log, or goes on with the one that is there if it is of the same plan. */
    static ProbeLog open(Path path, ProbePlan asked) throws IOException, ProbeException {
        FileChannel file =
                FileChannel.open(path, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
        try {
            lock(path, file);
            return goOn(path, asked, file);
        } catch (IOException | ProbeException | RuntimeException e) {
            file.close();
            throw e;
        }
    }

    /** Two runs would ask everybody twice, and write over each other. It is held until the file is closed, be it by a kill. */
    private static void lock(Path path, FileChannel file) throws IOException, ProbeException {
        boolean free;
        try {
            free = file.tryLock() != null;
        } catch (OverlappingFileLockException e) {
            free = false;
        }
        if (!free) {
            throw new ProbeException("another run writes " + path + "; let it end, or name another file with --out.");
        }
    }

    private static ProbeLog goOn(Path path, ProbePlan asked, FileChannel file) throws IOException, ProbeException {
        boolean there = file.size() > 0;
        Read read = there ? read(path, file) : new Read(VERSION, asked, List.of(), 0);
        if (read.version() != VERSION) {
            throw new ProbeException(
                    path
                            + " is of an older version, which can be reported but not gone on with; name another file with --out.");
        }
        if (!read.plan().isSameAs(asked)) {
            throw new ProbeException(
                    path + " was begun with other endpoints, rate, hours or tokens; name another file with --out.");
        }
        file.truncate(read.wholeBytes()).position(read.wholeBytes());
        ProbeLog log = new ProbeLog(read.plan(), read.answers(), file);
        if (!there) {
            log.write(heading(asked));
        }
        return log;
    }

    /** @throws ProbeException if it is no log, or one that is too long */
    public static Read read(Path path) throws IOException, ProbeException {
        try (FileChannel file = FileChannel.open(path, StandardOpenOption.READ)) {
            return read(path, file);
        }
    }

    /** Through the channel that holds the lock, if one does: closing another one of the same file would end the lock of this process. */
    private static Read read(Path path, FileChannel file) throws IOException, ProbeException {
        if (file.size() > BYTES_MAX) {
            throw new ProbeException(path + " is longer than " + (BYTES_MAX >> 20) + " MiB, which no probe writes.");
        }
        String text = text(file);
        int whole = text.lastIndexOf('\n') + 1;
        List<String> lines = text.substring(0, whole).lines().toList();
        try {
            JsonNode heading = JSON.readTree(lines.isEmpty() ? "{}" : lines.getFirst());
            ProbePlan plan = plan(heading);
            List<ProbeAnswer> answers = new ArrayList<>();
            for (String line : lines.subList(1, lines.size())) {
                answers.add(JSON.readValue(line, ProbeAnswer.class));
            }
            int version = heading.path("probe").asInt();
            return new Read(version, plan, answers, text.substring(0, whole).getBytes(StandardCharsets.UTF_8).length);
        } catch (JsonProcessingException | IllegalArgumentException e) {
            throw new ProbeException(path + " is no log of a probe; name one that ./wanspec study probe wrote.");
        }
    }

    private static String text(FileChannel file) throws IOException {
        // Not closed: the channel is whoever opened it's.
        InputStream bytes = Channels.newInputStream(file.position(0));
        return new String(bytes.readAllBytes(), StandardCharsets.UTF_8);
    }

    private static ObjectNode heading(ProbePlan plan) {
        ObjectNode heading = JSON.createObjectNode()
                .put("probe", VERSION)
                .put("began", plan.began().toString())
                .put("perHour", plan.perHour())
                .put("hours", plan.hours())
                .put("maxTokens", plan.maxTokens());
        plan.endpoints().forEach(heading.putArray("endpoints")::addPOJO);
        return JSON.valueToTree(heading);
    }

    private static ProbePlan plan(JsonNode heading) {
        int version = heading.path("probe").asInt();
        if (version < 1 || version > VERSION) {
            throw new IllegalArgumentException("no plan of a probe");
        }
        List<ProbePlan.Asked> endpoints = new ArrayList<>();
        heading.path("endpoints").forEach(one -> endpoints.add(asked(version, one)));
        try {
            return new ProbePlan(
                    Instant.parse(heading.path("began").asText()),
                    heading.path("perHour").asInt(),
                    heading.path("hours").asDouble(),
                    heading.path("maxTokens").asInt(),
                    endpoints);
        } catch (java.time.DateTimeException e) {
            throw new IllegalArgumentException("no time", e);
        }
    }

    private static ProbePlan.Asked asked(int version, JsonNode one) {
        return version == 1
                ? new ProbePlan.Asked(one.asText(), "", "", "")
                : JSON.convertValue(one, ProbePlan.Asked.class);
    }

    /** When it began, and what it asks. */
    ProbePlan plan() {
        return plan;
    }

    /** What was there when it was opened. */
    List<ProbeAnswer> before() {
        return before;
    }

    void add(ProbeAnswer answer) throws IOException {
        write(JSON.valueToTree(answer));
    }

    private synchronized void write(JsonNode line) throws IOException {
        var bytes = StandardCharsets.UTF_8.encode(line + "\n");
        while (bytes.hasRemaining()) {
            file.write(bytes);
        }
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
