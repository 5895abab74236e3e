package io.wanspec.infra.settings;

import java.util.regex.Pattern;

/** Reads {@code onSiteWorkers}. */
final class SitesReader {
    /** A region's code is no site's name: keys name both in one list. */
    private static final Pattern SITE =
            Pattern.compile("(?![a-z]{2,3}(-[a-z]+)+-[0-9]+$)[A-Za-z0-9][A-Za-z0-9._-]{0,63}");

    private static final String SITE_REMEDY =
            "up to 64 letters, digits, dots, hyphens and underscores, and not a region's code";
    private static final String RELAY_TYPE = "ml.c6i.large";
    private static final int GENERATIONS_MAX = 1_000_000;

    private SitesReader() {}

    /** @param target where the relay is, too */
    static OnSiteWorkers read(Section at, RegionSite target) {
        EndpointPlan relay =
                at.requiredSection("relay", "the relay: {image: the model server's in ECR, or build}", s -> {
                    EndpointPlan plan = EndpointPlan.withoutModel(
                            s.required("image", DeploymentReader.IMAGE, DeploymentReader.IMAGE_REMEDY),
                            s.matching("type", DeploymentReader.TYPE, DeploymentReader.TYPE_REMEDY)
                                    .orElse(RELAY_TYPE));
                    plan.model().requireNear("image", target.region());
                    return plan;
                });
        at.distinct("id", "sites");
        at.distinct("site", "sites");
        return new OnSiteWorkers(
                relay, at.whole("ticket-key", 1, 1, GENERATIONS_MAX), at.sections("sites", SitesReader::site));
    }

    private static AllowedSite site(Section at) {
        String id = at.required("id", DeploymentReader.NAME, DeploymentReader.NAME_REMEDY);
        String name = at.matching("site", SITE, SITE_REMEDY).orElse(id);
        if (!SITE.matcher(name).matches()) {
            throw new IllegalArgumentException("without 'site' the id '" + id
                    + "' is the site's name, which does not fit. Write a 'site': " + SITE_REMEDY);
        }
        return new AllowedSite(id, name, at.choice("site-prompts", SitePrompts.class, SitePrompts.NAMED));
    }
}
