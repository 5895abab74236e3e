package io.wanspec.functions.http;

import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Produces;

/**
 * Whether the server itself answers, and nothing else: what the Web Adapter waits for before it hands a function its first
 * request. Were this to depend on a model's endpoint, a function could not even say that the endpoint is away.
 */
@Controller("/livez")
public class LivenessController {
    @Get
    @Produces(MediaType.APPLICATION_JSON)
    String live() {
        return "{\"status\":\"alive\"}";
    }
}
