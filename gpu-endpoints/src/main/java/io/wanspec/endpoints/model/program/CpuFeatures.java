package io.wanspec.endpoints.model.program;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;

/**
 * What a processor can do.
 *
 * @param hasExactByteProducts whether products of 8-bit numbers are summed in 32 bits at once (VNNI). Older x86 processors add
 *     pairs of them in 16 bits first, which overflows unless one side keeps to 7 bits.
 * @param hasWideVectors whether the engine uses its kernels for vectors of 512 bits
 */
record CpuFeatures(boolean hasExactByteProducts, boolean hasWideVectors) {
    private static final Path CPU_INFO = Path.of("/proc/cpuinfo");

    /** What FBGEMM asks for before it takes them. */
    private static final Set<String> WIDE_VECTORS = Set.of("avx512f", "avx512bw", "avx512dq", "avx512vl");

    /** Of this machine; the least where it cannot be read. */
    static CpuFeatures here() {
        try {
            return of(Files.isReadable(CPU_INFO) ? Files.readString(CPU_INFO) : "");
        } catch (IOException e) {
            return of("");
        }
    }

    /** @param info words among which are the names of the processor's features */
    static CpuFeatures of(String info) {
        List<String> words = Arrays.asList(info.split("\\s+"));
        return new CpuFeatures(
                words.contains("avx512_vnni") || words.contains("avx_vnni"), words.containsAll(WIDE_VECTORS));
    }
}
