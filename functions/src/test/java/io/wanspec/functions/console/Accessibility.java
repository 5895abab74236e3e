package io.wanspec.functions.console;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;

/** What axe-core finds on the page that is open. */
final class Accessibility {
    private static final String RUN = """
            const done = arguments[arguments.length - 1];
            axe.run(document, {resultTypes: ["violations"]}).then(
                found => done(found.violations
                    .filter(v => ["serious", "critical"].includes(v.impact))
                    .map(v => v.impact + " " + v.id + ": " + v.help + "\\n    "
                        + v.nodes.map(n => n.html + " " + n.failureSummary).join("\\n    "))),
                error => done(["axe-core failed: " + error]));
            """;

    private static final String AXE = axe();

    private Accessibility() {}

    /** Of those that axe-core calls serious or critical. */
    static List<String> faults(Browser browser) {
        browser.script(AXE + "; window.axe = axe;");
        return ((List<?>) browser.asyncScript(RUN))
                .stream().map(String::valueOf).toList();
    }

    private static String axe() {
        try (InputStream file = Accessibility.class.getResourceAsStream("/axe.min.js")) {
            return new String(Objects.requireNonNull(file).readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
