package io.wanspec.functions.link;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class PartsTest {
    @Test
    void aLongFrameIsCutBetweenCharactersAndPutTogetherAgain() {
        byte[] frame = "ü€😀".repeat(60_000).getBytes(StandardCharsets.UTF_8);
        List<byte[]> parts = PartSplitter.split(frame);

        assertThat(parts).hasSizeGreaterThan(1).allMatch(p -> p.length <= PartSplitter.PART_BYTES_MAX);
        PartAssembler assembler = new PartAssembler();
        for (int i = 0; i < parts.size() - 1; i++) {
            assertThat(new String(parts.get(i), StandardCharsets.UTF_8)).doesNotContain("\uFFFD");
            assertThat(assembler.take(parts.get(i), "PARTIAL")).isNull();
        }
        assertThat(assembler.take(parts.getLast(), "COMPLETE")).isEqualTo(frame);
        assertThat(assembler.take(new byte[] {1}, null)).containsExactly(1);
    }

    @Test
    void aFrameThatNeverEndsIsRefused() {
        PartAssembler assembler = new PartAssembler();
        assertThatThrownBy(() -> {
                    for (int i = 0; i < 2_000; i++) {
                        assembler.take(new byte[1_000], "PARTIAL");
                    }
                })
                .hasMessageContaining("exceeds");
    }

    @Test
    void linesAreFoundWhereverThePartsEnd() {
        List<String> lines = new ArrayList<>();
        LineSplitter splitter = new LineSplitter(l -> lines.add(new String(l, StandardCharsets.UTF_8)));
        for (byte unit : "{a}\n\n{b}\r\n{c}".getBytes(StandardCharsets.UTF_8)) {
            splitter.take(new byte[] {unit});
        }
        splitter.flush();

        assertThat(lines).extracting(String::strip).containsExactly("{a}", "{b}", "{c}");
    }
}
