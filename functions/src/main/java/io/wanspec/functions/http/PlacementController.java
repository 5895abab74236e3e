package io.wanspec.functions.http;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Produces;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.wanspec.controller.placement.PlaceCandidate;
import io.wanspec.controller.placement.PlaceMeasures;
import io.wanspec.controller.placement.PlaceVerdict;
import io.wanspec.controller.placement.PlacementDecision;
import io.wanspec.controller.placement.PlacementPolicy;
import io.wanspec.controller.placement.PlacementQuestion;
import io.wanspec.functions.access.Account;
import io.wanspec.functions.placement.DraftPlacement;
import io.wanspec.functions.settings.PromptRegions;
import io.wanspec.functions.settings.WanSpecSettings;

/** Where a request of this caller would be drafted now, and why: what is in memory, nobody is asked. */
@Controller("/v1/wanspec/placement")
@Produces(MediaType.APPLICATION_JSON)
public class PlacementController {
    private static final double MS = 1e6;
    private static final double TENTHS = 10;
    private static final double THOUSANDTHS = 1_000;

    private final WanSpecSettings settings;
    private final DraftPlacement placement;

    PlacementController(WanSpecSettings settings, DraftPlacement placement) {
        this.settings = settings;
        this.placement = placement;
    }

    @Get
    @Operation(
            operationId = "getPlacement",
            summary = "Where a request would be drafted now, and what is measured of the places that could.")
    @ApiResponse(
            responseCode = "200",
            description = "OK",
            content =
                    @Content(mediaType = "application/json", schema = @Schema(ref = "#/components/schemas/Placement")))
    HttpResponse<byte[]> now(HttpRequest<?> http) {
        PromptRegions regions = Account.of(http).regions();
        PlacementQuestion question =
                placement.question(regions, settings.speculation().goal());
        PlacementDecision decision = PlacementPolicy.choose(question);
        ObjectNode body = Json.object();
        body.put("object", "wanspec.placement");
        ObjectNode target = body.putObject("target");
        target.put("region", settings.target().region());
        target.put("pass_ms", ms(question.targetPassNanos()));
        decision.chosen().ifPresent(id -> body.put("chosen", id.value()));
        var places = body.putArray("places");
        decision.verdicts().forEach(verdict -> places.add(place(verdict, question)));
        return HttpResponse.ok(Json.bytes(body));
    }

    private static ObjectNode place(PlaceVerdict verdict, PlacementQuestion question) {
        ObjectNode json = Json.object();
        json.put("id", verdict.id().value());
        json.put("kind", verdict.place().kind().word());
        json.put("region", verdict.place().region());
        json.put("part", verdict.part().words());
        json.put("why", verdict.why());
        if (verdict.part() != PlaceVerdict.Part.LEFT_OUT) {
            json.put("expected_ms_per_token", ms(verdict.nanosPerToken()));
        }
        if (verdict.place().usdPerHour() > 0) {
            json.put("usd_per_hour", verdict.place().usdPerHour());
        }
        question.candidates().stream()
                .filter(candidate -> candidate.place().id().equals(verdict.id()))
                .findFirst()
                .ifPresent(candidate -> {
                    seats(json, candidate);
                    measured(json, candidate.measures(), question.nowMillis());
                });
        return json;
    }

    private static void seats(ObjectNode json, PlaceCandidate candidate) {
        if (candidate.place().slots() > 0) {
            json.put("slots", candidate.place().slots());
            json.put("in_use", candidate.inUse());
        }
    }

    private static void measured(ObjectNode json, PlaceMeasures measures, long nowMillis) {
        if (measures.roundTripNanos().isKnown()) {
            json.put("round_trip_ms", ms(measures.roundTripNanos().mean()));
        }
        if (measures.jitterNanos().isKnown()) {
            json.put("jitter_ms", ms(measures.jitterNanos().mean()));
        }
        if (measures.passNanos().isKnown()) {
            json.put("pass_ms", ms(measures.passNanos().mean()));
        }
        if (measures.failures().isKnown()) {
            json.put("failing", Math.round(measures.failures().mean() * THOUSANDTHS) / THOUSANDTHS);
        }
        if (!measures.isNothing()) {
            json.put("measured_seconds_ago", Math.max(0, nowMillis - measures.atMillis()) / 1_000);
        }
    }

    private static double ms(double nanos) {
        return Math.round(nanos / MS * TENTHS) / TENTHS;
    }
}
