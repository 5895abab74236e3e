package io.wanspec.infra.settings;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * All of a deployment.
 *
 * @param name begins every resource's name, so that several deployments fit into an account
 * @param drafts that are deployed, where they may see prompts
 * @param onSite workers with an address of their own
 * @param dialIn those that dial in; absent: none may
 * @param choice how they were chosen; absent: they are those of the file
 */
public record Deployment(
        String name,
        Profile profile,
        TargetSite target,
        List<DraftSite> drafts,
        List<OnSiteWorker> onSite,
        @Nullable OnSiteWorkers dialIn,
        FunctionSettings functions,
        ApiSettings api,
        DataSettings data,
        Reach network,
        Residency residency,
        AlarmSettings alarms,
        TrafficForecast traffic,
        @Nullable DraftChoice choice) {
    /** A session's bound; the busy draft is one of them. */
    private static final int WORKERS_MAX = 8;

    public Deployment {
        drafts = List.copyOf(drafts);
        onSite = List.copyOf(onSite);
        Set<String> ids = new HashSet<>(Set.of("busy"));
        List<String> all = new ArrayList<>();
        drafts.forEach(draft -> all.add(draft.id()));
        onSite.forEach(worker -> all.add(worker.id()));
        sites(dialIn).forEach(site -> all.add(site.id()));
        all.stream().filter(id -> !ids.add(id)).findFirst().ifPresent(id -> {
            throw new IllegalArgumentException(
                    "two workers are called '" + id + "' ('busy' is the one beside the target). Rename one");
        });
        if (ids.size() > WORKERS_MAX) {
            throw new IllegalArgumentException("a session has at most " + WORKERS_MAX + " workers. Leave some out");
        }
        if (!residency.allows(target.site().region())) {
            throw new IllegalArgumentException(
                    "the target's region " + target.site().region()
                            + " is not in residency.prompt-regions, so nobody could be served. Add it");
        }
    }

    /** With the best draft region of the file alone, if any is worth it; the others that may see prompts are left out. */
    Deployment withBestDraft() {
        DraftChoice best = DraftChoice.of(target, allowedDrafts(), traffic);
        List<DraftSite> kept = Stream.concat(best.chosen().stream(), forbiddenDrafts().stream())
                .toList();
        return new Deployment(
                name, profile, target, kept, onSite, dialIn, functions, api, data, network, residency, alarms, traffic,
                best);
    }

    /** Draft regions that may see prompts. The others get no stack, and nobody a permission to use them. */
    public List<DraftSite> allowedDrafts() {
        return drafts.stream()
                .filter(draft -> residency.allows(draft.site().region()))
                .toList();
    }

    public List<DraftSite> forbiddenDrafts() {
        return drafts.stream()
                .filter(draft -> !residency.allows(draft.site().region()))
                .toList();
    }

    public List<OnSiteWorker> allowedOnSite() {
        return onSite.stream()
                .filter(worker -> residency.allows(worker.region()))
                .toList();
    }

    /** Sites whose workers may dial in, and see prompts. Without any there is no relay. */
    public List<AllowedSite> allowedSites() {
        return sites(dialIn).stream()
                .filter(site -> residency.allows(site.name()))
                .toList();
    }

    public List<AllowedSite> forbiddenSites() {
        return sites(dialIn).stream()
                .filter(site -> !residency.allows(site.name()))
                .toList();
    }

    private static List<AllowedSite> sites(@Nullable OnSiteWorkers dialIn) {
        return dialIn == null ? List.of() : dialIn.sites();
    }

    /** What sites and functions meet at, if anybody may. */
    public Optional<EndpointPlan> relay() {
        return allowedSites().isEmpty()
                ? Optional.empty()
                : Optional.ofNullable(dialIn).map(OnSiteWorkers::relay);
    }

    /** Whether a draft region is in another account than the target, so that a role must be taken to use it. */
    public boolean isForeign(DraftSite draft) {
        return !draft.site().account().equals(target.site().account());
    }

    /** Whether its stack is the one that looks after what is its account's as a whole. */
    public boolean isFirstOfForeignAccount(DraftSite draft) {
        return isForeign(draft)
                && allowedDrafts().stream()
                        .filter(other ->
                                other.site().account().equals(draft.site().account()))
                        .findFirst()
                        .filter(draft::equals)
                        .isPresent();
    }

    /** Of all that is made, the target's first. */
    public List<String> accounts() {
        return Stream.concat(Stream.of(target.site()), allowedDrafts().stream().map(DraftSite::site))
                .map(RegionSite::account)
                .distinct()
                .toList();
    }

    /** The same under another name and in other accounts. */
    public Deployment named(String other, UnaryOperator<String> accounts) {
        return new Deployment(
                other,
                profile,
                new TargetSite(target.site().in(accounts), target.endpoint(), target.busyDraft()),
                drafts.stream()
                        .map(draft ->
                                new DraftSite(draft.id(), draft.site().in(accounts), draft.endpoint(), draft.hours()))
                        .toList(),
                onSite,
                dialIn,
                functions,
                api,
                data,
                network,
                residency,
                alarms,
                traffic,
                choice);
    }

    public String targetEndpoint() {
        return name + "-target";
    }

    public String busyDraftEndpoint() {
        return name + "-busy-draft";
    }

    public String draftEndpoint(DraftSite draft) {
        return name + "-draft-" + draft.id();
    }

    /** Of the key that tickets are sealed with; 0 where there is none. */
    public int ticketKeyGeneration() {
        return dialIn == null ? 0 : dialIn.generation();
    }

    public String relayEndpoint() {
        return name + "-relay";
    }

    /** What workers on site become to dial the relay, and nothing else. */
    public String dialRole() {
        return name + "-worker-dial-" + target.site().region();
    }

    /** In the draft's account: what the functions become when they call it. */
    public String callerRole(DraftSite draft) {
        return name + "-draft-" + draft.id() + "-caller";
    }
}
