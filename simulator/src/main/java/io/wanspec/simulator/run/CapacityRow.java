package io.wanspec.simulator.run;

/**
 * How many users one target serves under a limit on the time a token takes.
 *
 * @param choice the variant that stands for the policy
 * @param b1Users how many users of co-located speculation set the limit
 * @param limitMsPerToken 95th percentile, over requests, of their milliseconds a token
 * @param users most users whose own 95th percentile is within the limit
 * @param usersVsB1 users over b1Users
 * @param p95MsPerToken of those users
 * @param utilisation share of the time in which the target's processor was busy
 * @param requests of each user that count
 */
public record CapacityRow(
        String policy,
        String choice,
        String scenario,
        double rttMs,
        int b1Users,
        double limitMsPerToken,
        int users,
        double usersVsB1,
        double p95MsPerToken,
        double utilisation,
        double targetPassesPerToken,
        double draftsPerTargetPass,
        double busyDraftPassesPerToken,
        double remoteDraftPassesPerToken,
        int requests,
        long seed) {}
