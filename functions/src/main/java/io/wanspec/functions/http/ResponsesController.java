package io.wanspec.functions.http;

import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Consumes;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.Produces;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import org.jspecify.annotations.Nullable;

/** OpenAI's responses. */
@Controller("/v1/responses")
@ExecuteOn(TaskExecutors.BLOCKING)
@Produces({MediaType.APPLICATION_JSON, MediaType.TEXT_EVENT_STREAM})
public class ResponsesController {
    private final ResponseCreation creation;

    ResponsesController(ResponseCreation creation) {
        this.creation = creation;
    }

    @Post
    @Consumes(MediaType.APPLICATION_JSON)
    HttpResponse<?> create(HttpRequest<?> http, @Body byte @Nullable [] body) {
        return creation.create(http, body == null ? new byte[0] : body);
    }
}
