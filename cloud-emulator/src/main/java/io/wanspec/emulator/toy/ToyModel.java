package io.wanspec.emulator.toy;

import io.wanspec.contracts.invoke.Invocation;
import io.wanspec.contracts.invoke.Reply;
import java.util.function.Consumer;

/** What a {@link ToyContainer} serves. Its methods run on threads of their own and may take their time. */
public interface ToyModel {
    /** Answers a request that has one answer. */
    Reply invoke(Invocation invocation);

    /** Answers in lines, until done or no longer listened to. */
    void generate(Invocation.Generate request, Lines lines);

    /** @param answers takes frames for the other side */
    Duplex open(Consumer<byte[]> answers);

    /** Takes the lines of an answer. */
    interface Lines {
        /** @return whether anybody still listens */
        boolean take(Reply line);
    }

    /** The model's side of a duplex stream. */
    interface Duplex {
        void take(byte[] frame);

        /** Whether it has nothing to do until it is sent more. */
        default boolean rests() {
            return true;
        }

        void closed();
    }
}
