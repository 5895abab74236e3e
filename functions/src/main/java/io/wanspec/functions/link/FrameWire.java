package io.wanspec.functions.link;

import io.wanspec.contracts.frame.DraftFrame;
import io.wanspec.contracts.frame.FrameCodec;
import io.wanspec.contracts.frame.TargetFrame;
import java.util.function.Function;

/** How frames of one kind become bytes and come back. */
record FrameWire<F>(Function<F, byte[]> encode, Function<byte[], F> decode) {
    static final FrameWire<TargetFrame> TARGET = new FrameWire<>(FrameCodec::encode, FrameCodec::decodeTarget);
    static final FrameWire<DraftFrame> DRAFT = new FrameWire<>(FrameCodec::encode, FrameCodec::decodeDraft);
}
