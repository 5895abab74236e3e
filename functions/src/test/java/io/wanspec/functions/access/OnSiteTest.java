package io.wanspec.functions.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.wanspec.contracts.relay.TicketSeal;
import io.wanspec.functions.settings.EndpointAddress;
import io.wanspec.functions.settings.LinkTransport;
import io.wanspec.functions.settings.OnSite;
import io.wanspec.functions.settings.PromptRegions;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A site is a place of its own: no region that a key allows opens it, and without a word nobody's prompts are seen there. */
final class OnSiteTest {
    private static final EndpointAddress RELAY = new EndpointAddress("us-east-1", "relay", null);

    private static OnSite site(String name, boolean anyPrompt) {
        return new OnSite(name, anyPrompt, TicketSeal.of("a key that nobody can guess, as we hope"));
    }

    private static boolean isSent(OnSite site, PromptRegions regions) {
        return RELAY.forSite(site).mayBeSent(regions);
    }

    @Test
    void promptsComeThereOnlyByTheKeysWordOrTheOperators() {
        OnSite named = site("campus", false);
        OnSite any = site("campus", true);
        assertThat(isSent(named, PromptRegions.any())).isFalse();
        assertThat(isSent(any, PromptRegions.any())).isTrue();
        for (OnSite site : List.of(named, any)) {
            assertThat(isSent(site, PromptRegions.only(List.of("us-east-1", "campus"))))
                    .isTrue();
            assertThat(isSent(site, PromptRegions.only(List.of("us-east-1")))).isFalse();
            assertThat(isSent(site, PromptRegions.only(List.of("us-east-1", "Campus"))))
                    .isFalse();
            assertThat(isSent(site, PromptRegions.only(List.of("campus")))).isFalse();
            assertThat(isSent(site, PromptRegions.only(List.of()))).isFalse();
        }
    }

    @Test
    void anEndpointWithAModelCountsByItsRegion() {
        assertThat(RELAY.mayBeSent(PromptRegions.only(List.of("us-east-1")))).isTrue();
        assertThat(RELAY.mayBeSent(PromptRegions.only(List.of("campus")))).isFalse();
    }

    @Test
    void aSiteIsNoRegionAndARelayKnowsStreamsAlone() {
        for (String name : List.of("us-east-1", "us-gov-west-1", "", "a site", "x&site=y")) {
            assertThatThrownBy(() -> site(name, false)).isInstanceOf(IllegalArgumentException.class);
        }
        assertThat(RELAY.forSite(site("campus-1", false)).transport()).isEqualTo(LinkTransport.BIDIRECTIONAL);
    }
}
