package io.wanspec.endpoints.model.program;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** The few opcodes of Python's pickle format (protocol 2) that a TorchScript module without attributes takes. */
final class Pickle {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    Pickle() {
        op(0x80).op(2);
    }

    Pickle op(int code) {
        out.write(code);
        return this;
    }

    Pickle global(String module, String name) {
        op('c');
        out.writeBytes((module + "\n" + name + "\n").getBytes(StandardCharsets.UTF_8));
        return this;
    }

    Pickle text(String value) {
        byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
        op('X');
        for (int shift = 0; shift < 32; shift += 8) {
            op((bytes.length >>> shift) & 0xFF);
        }
        out.writeBytes(bytes);
        return this;
    }

    byte[] bytes() {
        return out.toByteArray();
    }

    /** An object of the module's class whose only attribute is {@code training = False}. */
    static byte[] module(String name) {
        return new Pickle()
                .global("__torch__", name)
                .op(')')
                .op(0x81)
                .op('}')
                .op('(')
                .text("training")
                .op(0x89)
                .op('u')
                .op('b')
                .op('.')
                .bytes();
    }

    static byte[] emptyTuple() {
        return new Pickle().op(')').op('.').bytes();
    }
}
