package io.wanspec.local.process;

import io.wanspec.emulator.process.BoundedLog;
import java.io.BufferedReader;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;

/** Copies what a server writes to its log, and notes where it listens. Ends with the process. */
final class OutputPump implements Runnable {
    private final Process process;
    private final BoundedLog log;
    private final CompletableFuture<Integer> listening;

    OutputPump(Process process, BoundedLog log, CompletableFuture<Integer> listening) {
        this.process = process;
        this.log = log;
        this.listening = listening;
    }

    @Override
    public void run() {
        try (BufferedReader lines = process.inputReader()) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                ListeningLine.port(line).ifPresent(listening::complete);
                log.line(line);
            }
        } catch (IOException closed) {
            // The process was stopped, or the log's disk is full; the server itself must not suffer from either.
        } finally {
            listening.completeExceptionally(new IllegalStateException("it ended before it listened"));
        }
    }
}
