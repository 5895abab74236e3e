package io.wanspec.endpoints.model.program;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** What this machine's processor can do. */
final class CpuFeatures {
    private static final Path CPU_INFO = Path.of("/proc/cpuinfo");

    private CpuFeatures() {}

    /**
     * Whether products of 8-bit numbers are summed in 32 bits at once (VNNI). Older x86 processors add pairs of them in 16
     * bits first, which overflows unless one side keeps to 7 bits.
     */
    static boolean hasExactByteProducts() {
        try {
            String info = Files.isReadable(CPU_INFO) ? Files.readString(CPU_INFO) : "";
            return info.contains("avx512_vnni") || info.contains("avx_vnni");
        } catch (IOException e) {
            return false;
        }
    }
}
