package io.wanspec.evaluation.probe;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Reads a list of endpoints: a line each, {@code name,region,url,model,key}, below headings; {@code #} begins a comment. */
public final class ProbeEndpoints {
    private static final int ENDPOINTS_MAX = 64;
    private static final int COLUMNS = 5;
    private static final String HEADINGS = "name,region,url,model,key";
    private static final String FORM = HEADINGS + ", the key as env:NAME, file:PATH or nothing";

    private final List<ProbeEndpoint> all;

    private ProbeEndpoints(List<ProbeEndpoint> all) {
        this.all = List.copyOf(all);
    }

    List<ProbeEndpoint> all() {
        return all;
    }

    public int size() {
        return all.size();
    }

    public static ProbeEndpoints read(Path file) throws ProbeException {
        List<String> lines;
        try {
            lines = Files.readAllLines(file);
        } catch (IOException e) {
            throw new ProbeException(
                    "the list of endpoints " + file + " cannot be read; it is a text file with lines of " + FORM + ".");
        }
        return of(lines);
    }

    static ProbeEndpoints of(List<String> lines) throws ProbeException {
        List<ProbeEndpoint> all = new ArrayList<>();
        Set<String> names = new HashSet<>();
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i).strip();
            if (!line.isEmpty() && !line.startsWith("#") && !line.equals(HEADINGS)) {
                ProbeEndpoint endpoint = endpoint(line, i + 1);
                if (!names.add(endpoint.name())) {
                    throw new ProbeException(
                            "line " + (i + 1) + ": '" + endpoint.name() + "' is there twice; rename one.");
                }
                all.add(endpoint);
            }
        }
        if (all.isEmpty() || all.size() > ENDPOINTS_MAX) {
            throw new ProbeException("the list has " + all.size() + " endpoints, and may have 1 to " + ENDPOINTS_MAX
                    + "; a line each: " + FORM + ".");
        }
        return new ProbeEndpoints(all);
    }

    private static ProbeEndpoint endpoint(String line, int number) throws ProbeException {
        String[] cells = line.split(",", -1);
        if (cells.length != COLUMNS) {
            throw new ProbeException("line " + number + " has " + cells.length + " columns; write " + FORM + ".");
        }
        ProbeKey key = ProbeKey.of(cells[4].strip())
                // What stands there may be the key itself, so it is not repeated.
                .orElseThrow(() -> new ProbeException(
                        "line " + number + ": the key must be env:NAME, file:PATH or nothing, never the key itself."));
        try {
            return new ProbeEndpoint(
                    cells[0].strip(), cells[1].strip(), URI.create(cells[2].strip()), cells[3].strip(), key);
        } catch (IllegalArgumentException e) {
            throw new ProbeException("line " + number + ": the endpoint " + e.getMessage() + ".");
        }
    }
}
