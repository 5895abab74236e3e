package io.wanspec.local.launch;

import java.util.List;
import java.util.Locale;

/**
 * Times to which the model servers pad their passes, so that a small machine shows the proportions of a large pair.
 *
 * @param name on the command line
 * @param target each verification
 * @param busyDraft each pass of the busy region's draft
 * @param remoteDraft each pass of the draft region's
 */
public record Pace(String name, Padding target, Padding busyDraft, Padding remoteDraft) {
    /** The times as they are. */
    public static final Pace NONE = new Pace("none", Padding.NONE, Padding.NONE, Padding.NONE);

    /**
     * A target of some 70 billion parameters; the remote draft runs on cheaper hardware than the busy region's. The simulator's
     * reference scenario has the same times.
     */
    public static final Pace REFERENCE =
            new Pace("reference", new Padding(40, 0.2), new Padding(6, 0.3), new Padding(8, 0.4));

    /**
     * Least time of a pass.
     *
     * @param passMs in milliseconds, whatever its size
     * @param tokenMs in milliseconds, on top for each token or node beyond the first
     */
    public record Padding(double passMs, double tokenMs) {
        static final Padding NONE = new Padding(0, 0);

        Padding times(double factor) {
            return new Padding(passMs * factor, tokenMs * factor);
        }

        /** As options of a model server; none if nothing is padded. */
        public List<String> serverOptions() {
            if (passMs == 0 && tokenMs == 0) {
                return List.of();
            }
            return List.of("--pace-pass-ms", number(passMs), "--pace-token-ms", number(tokenMs));
        }

        private static String number(double value) {
            return String.format(Locale.ROOT, "%s", value);
        }
    }

    /** The same proportions, every pass so many times as long. */
    public Pace times(double factor) {
        return new Pace(name, target.times(factor), busyDraft.times(factor), remoteDraft.times(factor));
    }

    public boolean isPaced() {
        return !equals(NONE);
    }

    /** One line for whoever reads the times. */
    public String words() {
        return isPaced()
                ? "PACED: passes padded to target 40 ms + 0.2 ms per token, busy-region draft 6 ms, remote draft 8 ms,"
                        + " drafts 5 % more per further node (a large pair's proportions, not this machine's speed)"
                : "not paced: the times are this machine's own";
    }
}
