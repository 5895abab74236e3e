package io.wanspec.local.launch;

/**
 * What a user can choose about the local cloud.
 *
 * @param rttMs round trip between the busy region and the draft region, in milliseconds
 * @param jitterMs mean of the random delay on top, in milliseconds
 * @param port of the gateway on 127.0.0.1; 0 for any free one
 * @param target name or path of the target model
 * @param draft name or path of the draft model
 * @param requireKeys whether the API asks for keys
 * @param onSite whether draft workers on site may join
 */
public record CloudSettings(
        double rttMs,
        double jitterMs,
        int port,
        Pace pace,
        String target,
        String draft,
        boolean requireKeys,
        boolean onSite) {
    /** The site whose workers join a local cloud. */
    public static final String SITE = "on-site";

    /** Without workers on site. */
    public CloudSettings(
            double rttMs, double jitterMs, int port, Pace pace, String target, String draft, boolean requireKeys) {
        this(rttMs, jitterMs, port, pace, target, draft, requireKeys, false);
    }

    /** Open to everybody on this machine. */
    public CloudSettings(double rttMs, double jitterMs, int port, Pace pace, String target, String draft) {
        this(rttMs, jitterMs, port, pace, target, draft, false);
    }

    public CloudSettings requiringKeys() {
        return new CloudSettings(rttMs, jitterMs, port, pace, target, draft, true, onSite);
    }

    public CloudSettings withWorkersOnSite() {
        return new CloudSettings(rttMs, jitterMs, port, pace, target, draft, requireKeys, true);
    }

    /** Passes and round trips take so many times as long; all proportions stay as they are. */
    public CloudSettings slowedDown(double factor) {
        return new CloudSettings(
                rttMs * factor, jitterMs * factor, port, pace.times(factor), target, draft, requireKeys, onSite);
    }

    /** The target's name as the API shows it: the model's name, or the last part of its path. */
    public String targetName() {
        return nameOf(target);
    }

    /** The draft's name, likewise. */
    public String draftName() {
        return nameOf(draft);
    }

    private static String nameOf(String nameOrPath) {
        String trimmed = nameOrPath.endsWith("/") ? nameOrPath.substring(0, nameOrPath.length() - 1) : nameOrPath;
        return trimmed.substring(trimmed.lastIndexOf('/') + 1);
    }
}
