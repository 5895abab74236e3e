package io.wanspec.endpoints.model.program;

import io.wanspec.endpoints.model.EngineSettings.Precision;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.stream.Collectors;

/** The transformer's source for one precision: lines marked for the other one are left out. */
final class ProgramSource {
    private static final String RESOURCE = "/io/wanspec/endpoints/model/llama.torchscript";
    private static final String INT8_MARK = "#int8 ";
    private static final String FP32_MARK = "#fp32 ";

    private ProgramSource() {}

    /** @param narrow quantise activations to 7 bits, for processors whose 8-bit products saturate */
    static String of(Precision precision, boolean narrow) {
        String kept = precision == Precision.INT8 ? INT8_MARK : FP32_MARK;
        String source = resource()
                .lines()
                .map(line -> line.replaceFirst("^( *)" + kept, "$1"))
                .filter(line -> !line.strip().startsWith("#"))
                .collect(Collectors.joining("\n", "", "\n"));
        for (Map.Entry<String, String> entry : replacements(precision, narrow).entrySet()) {
            source = source.replace(entry.getKey(), entry.getValue());
        }
        return source;
    }

    private static Map<String, String> replacements(Precision precision, boolean narrow) {
        return Map.of(
                "@PACKED@",
                precision == Precision.INT8 ? "__torch__.torch.classes.quantized.LinearPackedParamsBase" : "Tensor",
                "@STEP@",
                narrow ? Double.toString(1 / 63.0) : Double.toString(1 / 127.0),
                "@ZERO@",
                narrow ? "64" : "128");
    }

    private static String resource() {
        try (InputStream in = ProgramSource.class.getResourceAsStream(RESOURCE)) {
            if (in == null) {
                throw new IllegalStateException("the program is missing from the jar: " + RESOURCE);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
