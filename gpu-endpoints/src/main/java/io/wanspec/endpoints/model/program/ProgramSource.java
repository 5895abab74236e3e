package io.wanspec.endpoints.model.program;

import io.wanspec.endpoints.model.EngineSettings.Precision;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The transformer's source for one precision: lines marked for others are left out. */
final class ProgramSource {
    private static final String RESOURCE = "/io/wanspec/endpoints/model/llama.torchscript";
    private static final Pattern MARK = Pattern.compile("^( *)#(int8|rotated|bytes|fp16|thirds|wide|fp32|rows) ");

    private ProgramSource() {}

    static String of(Precision precision, CpuFeatures processor) {
        Set<String> kept = marks(precision, processor);
        String source = resource()
                .lines()
                .map(line -> unmarked(line, kept))
                .filter(line -> !line.strip().startsWith("#"))
                .collect(Collectors.joining("\n", "", "\n"));
        for (Map.Entry<String, String> entry :
                replacements(precision, !processor.hasExactByteProducts()).entrySet()) {
            source = source.replace(entry.getKey(), entry.getValue());
        }
        return source;
    }

    private static Set<String> marks(Precision precision, CpuFeatures processor) {
        return switch (precision) {
            case INT8 -> Set.of("int8", "bytes", "rows");
            case ROTATED -> Set.of("int8", "rotated", "rows");
            case FP16 -> Set.of("fp16", processor.hasWideVectors() ? "wide" : "thirds", "rows");
            case FP32 -> Set.of("fp32");
        };
    }

    private static String unmarked(String line, Set<String> kept) {
        Matcher mark = MARK.matcher(line);
        return mark.find() && kept.contains(mark.group(2)) ? mark.replaceFirst("$1") : line;
    }

    /** @param narrow quantise activations to 7 bits, for processors whose 8-bit products saturate */
    private static Map<String, String> replacements(Precision precision, boolean narrow) {
        return Map.of(
                "@PACKED@",
                precision == Precision.FP32 ? "Tensor" : "__torch__.torch.classes.quantized.LinearPackedParamsBase",
                "@STEP@",
                narrow ? Double.toString(1 / 63.0) : Double.toString(1 / 127.0),
                "@VALUES@",
                precision == Precision.ROTATED ? "3" : "2",
                "@LEVELS@",
                narrow ? "63." : "127.",
                "@FINE@",
                narrow ? "126." : "254.",
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
