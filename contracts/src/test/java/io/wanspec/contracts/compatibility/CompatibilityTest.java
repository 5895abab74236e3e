package io.wanspec.contracts.compatibility;

import static org.assertj.core.api.Assertions.assertThat;

import io.wanspec.contracts.ModelIdentity;
import io.wanspec.contracts.ProtocolVersion;
import io.wanspec.contracts.frame.RefusalCode;
import io.wanspec.contracts.invoke.EndpointRole;
import org.junit.jupiter.api.Test;

final class CompatibilityTest {
    private static final ModelIdentity TARGET = model("target", 'a', 'b');
    private static final ModelIdentity DRAFT = model("draft", 'a', 'c');
    private static final ModelIdentity STRANGER = model("stranger", 'd', 'e');

    @Test
    void thisBuildSpeaksTheVersionBeforeItsOwn() {
        assertThat(ProtocolVersion.OLDEST.number()).isEqualTo(ProtocolVersion.CURRENT.number() - 1);
        assertThat(Compatibility.judge(ProtocolVersion.OLDEST))
                .isEqualTo(new Compatibility.Agreed(ProtocolVersion.OLDEST));
        assertThat(Compatibility.judge(ProtocolVersion.CURRENT))
                .isEqualTo(new Compatibility.Agreed(ProtocolVersion.CURRENT));
    }

    @Test
    void anOlderOneIsRefusedWithBothNumbersAndTheRemedy() {
        assertRefused(
                Compatibility.judge(new ProtocolVersion(1)),
                RefusalCode.PROTOCOL_MISMATCH,
                "protocol version mismatch: this side speaks 2 to 3, the peer 1 (too old); deploy a newer WANSpec release"
                        + " on the peer's side");
    }

    @Test
    void aNewerOneIsRefusedWithBothNumbersAndTheRemedy() {
        assertRefused(
                Compatibility.judge(new ProtocolVersion(4)),
                RefusalCode.PROTOCOL_MISMATCH,
                "protocol version mismatch: this side speaks 2 to 3, the peer 4 (too new); deploy a newer WANSpec release"
                        + " on this side");
    }

    @Test
    void thePeerIsAnsweredInTheLowerOfBothVersions() {
        assertThat(new ProtocolVersion(2).nearestSpoken().number()).isEqualTo(2);
        assertThat(new ProtocolVersion(3).nearestSpoken().number()).isEqualTo(3);
        assertThat(new ProtocolVersion(9).nearestSpoken().number()).isEqualTo(3);
        assertThat(new ProtocolVersion(1).nearestSpoken().number()).isEqualTo(2);
    }

    @Test
    void aDraftOfAnotherVocabularyIsRefusedWithBothNames() {
        var same = new Requirement.SameVocabulary(DRAFT, TARGET);
        var other = new Requirement.SameVocabulary(STRANGER, TARGET);
        assertThat(Compatibility.judge(ProtocolVersion.OLDEST, same))
                .isEqualTo(new Compatibility.Agreed(ProtocolVersion.OLDEST));
        assertRefused(
                Compatibility.judge(ProtocolVersion.CURRENT, same, other),
                RefusalCode.MODEL_MISMATCH,
                "tokenizer mismatch: the draft serves stranger (tokenizer dddddddddddd), the target target (tokenizer"
                        + " aaaaaaaaaaaa); deploy a draft with the target's vocabulary");
    }

    @Test
    void otherWeightsEndAText() {
        var same = new Requirement.SameWeights(TARGET, model("renamed", 'a', 'b'));
        assertThat(Compatibility.judge(ProtocolVersion.CURRENT, same)).isInstanceOf(Compatibility.Agreed.class);
        assertRefused(
                Compatibility.judge(ProtocolVersion.CURRENT, new Requirement.SameWeights(TARGET, DRAFT)),
                RefusalCode.MODEL_MISMATCH,
                "the target endpoint now serves other weights (draft cccccccccccc) than the request began with (target"
                        + " bbbbbbbbbbbb); send the request again");
    }

    @Test
    void anEndpointInAnotherRoleIsRefused() {
        for (EndpointRole actual : EndpointRole.values()) {
            var verdict = Compatibility.judge(
                    ProtocolVersion.CURRENT, new Requirement.InRole(EndpointRole.TARGET, actual, DRAFT));
            assertThat(verdict instanceof Compatibility.Agreed).isEqualTo(actual == EndpointRole.TARGET);
        }
        assertRefused(
                Compatibility.judge(
                        ProtocolVersion.CURRENT,
                        new Requirement.InRole(EndpointRole.TARGET, EndpointRole.UNKNOWN, DRAFT)),
                RefusalCode.MODEL_MISMATCH,
                "the endpoint configured as the target serves draft (tokenizer aaaaaaaaaaaa) in the role 'unknown';"
                        + " configure an endpoint of the right role");
    }

    @Test
    void theProtocolIsJudgedFirst() {
        assertThat(Compatibility.judge(new ProtocolVersion(1), new Requirement.SameVocabulary(STRANGER, TARGET)))
                .isInstanceOf(Compatibility.ProtocolTooOld.class);
    }

    private static void assertRefused(Compatibility verdict, RefusalCode code, String sentence) {
        assertThat(verdict).isInstanceOfSatisfying(Compatibility.Refusal.class, refusal -> {
            assertThat(refusal.sentence()).isEqualTo(sentence);
            assertThat(refusal.code()).isEqualTo(code);
        });
    }

    private static ModelIdentity model(String name, char tokenizer, char weights) {
        return new ModelIdentity(
                name,
                String.valueOf(tokenizer).repeat(64),
                String.valueOf(weights).repeat(64),
                9,
                9);
    }
}
