package io.wanspec.evaluation.passes;

import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;

/** Passes that took longer than the pace they were to be padded to: where there are many, the machine was measured, and not the pace. */
public final class LatePasses {
    private LatePasses() {}

    /** Of the server that has most of them, as a share of its passes, 0 to 1. */
    public static double share(List<PassCount> passes) {
        Collection<List<PassCount>> servers = passes.stream()
                .collect(Collectors.groupingBy(PassCount::server))
                .values();
        return servers.stream().mapToDouble(LatePasses::ofServer).max().orElse(0);
    }

    private static double ofServer(List<PassCount> server) {
        long all = server.stream().mapToLong(PassCount::passes).sum();
        return all == 0
                ? 0
                : (double) server.stream().mapToLong(PassCount::late).sum() / all;
    }
}
