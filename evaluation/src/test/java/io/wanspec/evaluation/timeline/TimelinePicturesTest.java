package io.wanspec.evaluation.timeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.wanspec.contracts.timeline.TimelineCodec;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** A small session's timeline as lanes and as a page. */
final class TimelinePicturesTest {
    static final String LINES = """
            {"type":"begin","t":0.0,"version":1,"session":"sess_1","model":"m","mode":"wanspec","goal":"economy","prompt_tokens":3,"max_tokens":4,\
            "workers":[{"id":"eu","region":"eu-west-1","place":"remote","round_trip_ms":20.0},{"id":"busy","place":"busy"}],"text":true}
            {"type":"frame","t":30.0,"worker":"eu","place":"remote","direction":"in","kind":"drafted","wan":true,"bytes":200,"sent":20.0,\
            "committed":3,"from":3,"to":3,"prefixes":1,"candidates":1,"passes":1,"pass_ms":10.0}
            {"type":"stall","t":50.0,"from":10.0}
            {"type":"ask","t":50.0,"round":1,"position":3,"drafts":1,"depth":1,"remote":1,"busy":0,"lookup":0,"stalled_ms":40.0}
            {"type":"pass","t":100.0,"pass":1,"round":1,"asked":50.0,"pass_ms":48.0,"position":3,"drafts":1,"accepted":1,"tokens":[\
            {"source":"remote","worker":"eu","entropy":0.5,"rank":1,"id":5,"text":"a</script>"},{"source":"target","id":6,"text":"b"}]}
            {"type":"note","t":100.0,"code":"worker_lost","detail":"eu: gone"}
            {"type":"later","t":100.0}
            {"type":"end","t":100.0,"finish_reason":"stop","sources":{"remote":1,"busy":0,"lookup":0,"target":1},"ledger":{"tokens":2},"dropped":3}
            """;

    @Test
    void lanesShowWhatTookHowLong() {
        List<String> lanes = TextLanes.of(TimelineCodec.decodeAll(LINES), 121);
        assertThat(lanes)
                .startsWith(
                        "sess_1: m, wanspec, goal economy, 3 prompt tokens",
                        "target passes        " + " ".repeat(50) + "█".repeat(50),
                        "stalls               " + " ".repeat(10) + "█".repeat(40) + "░",
                        "drafts eu            " + " ".repeat(10) + "█".repeat(10) + "░",
                        "busy-region drafts   ",
                        "network              " + " ".repeat(20) + "█".repeat(10) + "░")
                .contains(
                        "tokens               rT",
                        "100 ms               worker lost: eu: gone",
                        "100 ms               ended: stop; 3 events found no room");
        assertThat(lanes).allSatisfy(line -> assertThat(line.length()).isLessThanOrEqualTo(121));
    }

    @Test
    void lanesOfNothingAreNothing() {
        assertThat(TextLanes.of(List.of(), 80)).isNotEmpty();
    }

    @Test
    void aPageHasAllThatItNeedsAndNoTextOfAModelEndsItsScript() {
        String page = TimelinePage.of(
                "A <title>", "About & all", List.of(new TimelinePage.Shown("WANSpec", TimelineLines.in(LINES))));

        assertThat(page)
                .contains("<title>A &lt;title&gt;</title>", "About &amp; all", "WanSpecTimeline", "wt-legend")
                .contains("a<\\/script>")
                .doesNotContain("a</script>");
        assertThat(count(page, "<script")).isEqualTo(count(page, "</script>")).isEqualTo(4);
        // Names of namespaces are no addresses that are asked.
        assertThat(page.replaceAll("https?://(www\\.w3\\.org|d3js\\.org|github\\.com|observablehq\\.com)[^\"' )]*", ""))
                .doesNotContainPattern("(src|href)=.https?:");
    }

    private static int count(String page, String what) {
        return (int)
                Pattern.compile(Pattern.quote(what)).matcher(page).results().count();
    }

    @Test
    void linesOfAStreamAreReadTooAndWhatIsNoneIsPassedOver() {
        String stream =
                ": wanspec-timeline {\"type\":\"stall\",\"t\":2.0,\"from\":1.0}\n\ndata: {}\n\n: keep-alive\n\n";
        assertThat(TimelineLines.in(stream)).containsExactly("{\"type\":\"stall\",\"t\":2.0,\"from\":1.0}");
        assertThat(TimelineLines.in(LINES)).hasSize(7);
    }
}
