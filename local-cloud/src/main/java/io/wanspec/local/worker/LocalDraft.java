package io.wanspec.local.worker;

import io.wanspec.contracts.ModelIdentity;
import io.wanspec.contracts.ProtocolVersion;
import io.wanspec.contracts.invoke.EndpointRole;
import io.wanspec.contracts.invoke.Invocation;
import io.wanspec.contracts.invoke.InvokeCodec;
import io.wanspec.contracts.invoke.Reply;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.function.Consumer;

/** The model server of this machine, whose drafts a worker offers. */
final class LocalDraft implements AutoCloseable {
    private static final Duration CONNECT_MAX = Duration.ofSeconds(2);
    private static final Duration ANSWER_MAX = Duration.ofSeconds(10);

    private final URI server;
    private final HttpClient client =
            HttpClient.newBuilder().connectTimeout(CONNECT_MAX).build();

    LocalDraft(URI server) {
        this.server = server;
    }

    /** @throws IOException if it does not answer, or is no draft; the message is one sentence */
    ModelIdentity model() throws IOException, InterruptedException {
        byte[] question = InvokeCodec.encode(new Invocation.Describe(ProtocolVersion.CURRENT));
        HttpRequest request = HttpRequest.newBuilder(server.resolve("/invocations"))
                .timeout(ANSWER_MAX)
                .header("content-type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofByteArray(question))
                .build();
        Reply reply = decoded(
                client.send(request, HttpResponse.BodyHandlers.ofByteArray()).body());
        if (reply instanceof Reply.Description(var _, ModelIdentity model, EndpointRole role, var _)
                && role == EndpointRole.DRAFT) {
            return model;
        }
        throw new IOException("the model server at " + server + " serves no draft; start it with --role draft");
    }

    private Reply decoded(byte[] body) throws IOException {
        try {
            return InvokeCodec.decodeReply(body);
        } catch (IllegalArgumentException e) {
            throw new IOException("what answers at " + server + " is no model server", e);
        }
    }

    /** A link for one session. */
    DraftSocket open(Consumer<byte[]> frames, Runnable ended) {
        return new DraftSocket(client, server, frames, ended);
    }

    @Override
    public void close() {
        client.shutdownNow();
    }
}
