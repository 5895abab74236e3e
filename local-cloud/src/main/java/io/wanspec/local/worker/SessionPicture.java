package io.wanspec.local.worker;

import io.wanspec.contracts.frame.DraftFrame;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * What one session's frames tell of its drafts. A worker is not told which of them were accepted; it sees what was committed, and compares
 * that with its own last choice for each position.
 */
final class SessionPicture {
    /** Further than any window reaches. */
    private static final int POSITIONS_MAX = 1_024;

    private final NavigableMap<Integer, Integer> chosen = new TreeMap<>();

    /** Of the drafts that can be judged, and of those the right ones. */
    record Judged(int drafts, int right) {}

    synchronized void drafted(DraftFrame.Drafted frame) {
        int at = 0;
        for (int i = 0; i < frame.size(); i++) {
            chosen.put(frame.positions().get(i), frame.candidates().get(at));
            at += frame.counts().get(i);
        }
        while (chosen.size() > POSITIONS_MAX) {
            chosen.pollFirstEntry();
        }
    }

    synchronized Judged committed(DraftFrame.Advance frame) {
        int judged = 0;
        int right = 0;
        for (int i = 0; i < frame.committed().size(); i++) {
            Integer choice = chosen.remove(frame.position() + i);
            if (choice != null) {
                judged++;
                right += choice == frame.committed().get(i) ? 1 : 0;
            }
        }
        chosen.headMap(frame.position() + frame.committed().size()).clear();
        return new Judged(judged, right);
    }
}
