package io.wanspec.local.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

final class CpuPlanTest {
    @Test
    void two_cores_are_shared_by_the_drafts() {
        CpuPlan plan = CpuPlan.of(List.of(4, 7), true);
        assertThat(plan.target()).contains(4);
        assertThat(plan.busyDraft()).contains(7);
        assertThat(plan.remoteDraft()).contains(7);
        assertThat(plan.words()).contains("target: core 4; drafts: core 7 (shared by both draft servers)");
    }

    @Test
    void three_cores_are_one_for_each() {
        CpuPlan plan = CpuPlan.of(List.of(0, 2, 4, 6), true);
        assertThat(List.of(plan.target(), plan.busyDraft(), plan.remoteDraft()).stream()
                        .map(core -> core.orElseThrow()))
                .containsExactly(0, 2, 4);
    }

    @Test
    void says_when_nothing_is_pinned() {
        assertThat(CpuPlan.of(List.of(0), true).words()).contains("one core");
        assertThat(CpuPlan.of(List.of(0, 1), false).words()).contains("no taskset");
        assertThat(CpuPlan.of(List.of(0, 1), false).target()).isEmpty();
    }

    @Test
    void reads_the_lists_of_linux() {
        assertThat(CpuCores.parse("0-3,8,10-11")).containsExactly(0, 1, 2, 3, 8, 10, 11);
        assertThat(CpuCores.parse("")).isEmpty();
    }
}
