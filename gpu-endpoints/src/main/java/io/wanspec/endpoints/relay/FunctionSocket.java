package io.wanspec.endpoints.relay;

import io.netty.buffer.ByteBufUtil;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import io.wanspec.contracts.frame.DraftFrame;
import io.wanspec.contracts.frame.FrameCodec;
import io.wanspec.contracts.frame.FrameException;
import io.wanspec.contracts.frame.RefusalCode;
import java.time.Instant;

/** A function's draft link. Its first frame says which workers will do; from then on nothing of it is looked at. */
final class FunctionSocket extends PipedSocket {
    private final Switchboard board;
    private final String site;
    private boolean over;

    FunctionSocket(Channel channel, Switchboard board, String site) {
        super(channel);
        this.board = board;
        this.site = site;
    }

    @Override
    protected void channelRead0(ChannelHandlerContext context, WebSocketFrame message) {
        if (isJoined()) {
            forward(message);
        } else if (!over) {
            open(message);
        }
    }

    private void open(WebSocketFrame message) {
        DraftFrame first;
        try {
            first = FrameCodec.decodeDraft(ByteBufUtil.getBytes(message.content()));
        } catch (FrameException e) {
            refuse(RefusalCode.BAD_FRAME, String.valueOf(e.getMessage()));
            return;
        }
        if (first instanceof DraftFrame.Open open) {
            switch (board.pick(WorkerWish.of(site, open), Instant.now(), System.nanoTime())) {
                case Pick.Found(Seat seat) -> give((WorkerSocket) seat, message);
                case Pick.None(RefusalCode code, String reason) -> refuse(code, reason);
            }
        } else {
            refuse(RefusalCode.BAD_FRAME, "type: a link begins with open");
        }
    }

    private void give(WorkerSocket worker, WebSocketFrame open) {
        join(worker);
        // Its own loop makes it serve before it sees the first frame.
        worker.begin();
        forward(open);
    }

    private void refuse(RefusalCode code, String reason) {
        if (over) {
            return;
        }
        over = true;
        send(FrameCodec.encode(new DraftFrame.Refused(code, reason)));
        end();
    }

    @Override
    void left() {
        over = true;
    }

    @Override
    void otherLeft() {
        channel().eventLoop().execute(() -> refuse(RefusalCode.INTERNAL, "the worker on site was lost"));
    }

    @Override
    void failed(Throwable cause) {
        over = true;
    }
}
