package io.wanspec.endpoints.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.wanspec.contracts.LinkId;
import io.wanspec.contracts.invoke.FrameJson;
import io.wanspec.contracts.invoke.Invocation;
import io.wanspec.contracts.invoke.InvokeCodec;
import io.wanspec.contracts.invoke.Reply;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** A link that is made of calls, from the client's side. */
final class Calls<F> {
    private final TestServer server;
    private final LinkProtocol<F> protocol;
    private final LinkId id = LinkId.fresh();

    Calls(TestServer server, LinkProtocol<F> protocol) {
        this.server = server;
        this.protocol = protocol;
    }

    LinkId id() {
        return id;
    }

    /** Says goodbye. */
    List<F> exchange() throws IOException, InterruptedException {
        return exchange(List.of());
    }

    List<F> exchange(F frame) throws IOException, InterruptedException {
        return exchange(List.of(frame));
    }

    List<F> exchange(List<F> frames) throws IOException, InterruptedException {
        Reply reply = server.invoke(new Invocation.Exchange(id, json(frames)));
        assertThat(reply).isInstanceOf(Reply.Exchanged.class);
        List<F> answers = new ArrayList<>();
        for (FrameJson answer : ((Reply.Exchanged) reply).frames()) {
            answers.add(protocol.decode(answer.bytes()));
        }
        return answers;
    }

    /** Returns when the answer has begun. @return its lines, once it has ended */
    CompletableFuture<List<F>> follow(List<F> frames) throws IOException, InterruptedException {
        byte[] body = InvokeCodec.encode(new Invocation.Follow(id, json(frames)));
        HttpResponse<InputStream> head =
                server.client.send(server.request(body), HttpResponse.BodyHandlers.ofInputStream());
        return CompletableFuture.supplyAsync(() -> lines(read(head.body())));
    }

    private static String read(InputStream body) {
        try (body) {
            return new String(body.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private List<F> lines(String body) {
        return body.lines()
                .map(line -> protocol.decode(line.getBytes(StandardCharsets.UTF_8)))
                .toList();
    }

    private List<FrameJson> json(List<F> frames) {
        return frames.stream()
                .map(frame -> FrameJson.of(protocol.encode(frame)))
                .toList();
    }
}
