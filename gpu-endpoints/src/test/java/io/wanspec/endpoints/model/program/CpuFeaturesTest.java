package io.wanspec.endpoints.model.program;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class CpuFeaturesTest {
    @Test
    void featuresAreReadAsWholeWords() {
        assertThat(CpuFeatures.of("flags\t\t: fma avx2 f16c")).isEqualTo(new CpuFeatures(false, false));
        assertThat(CpuFeatures.of("flags\t\t: avx2 avx_vnni")).isEqualTo(new CpuFeatures(true, false));
        assertThat(CpuFeatures.of("flags : avx512f avx512dq avx512bw avx512vl avx512_vnni\n"))
                .isEqualTo(new CpuFeatures(true, true));
        assertThat(CpuFeatures.of("flags : avx512f avx512dq avx512cd avx512bwx"))
                .isEqualTo(new CpuFeatures(false, false));
        assertThat(CpuFeatures.of("")).isEqualTo(new CpuFeatures(false, false));
    }
}
