package io.wanspec.endpoints.model.program;

import ai.djl.pytorch.jni.IValue;

/** Keys and values of all rows of a pass, shared by the sequences that it computed; the last to let go frees them. */
final class FreshRows {
    private final IValue value;
    private int holders;

    FreshRows(IValue value) {
        this.value = value;
    }

    IValue value() {
        return value;
    }

    void hold() {
        holders++;
    }

    void release() {
        holders--;
        if (holders == 0) {
            value.close();
        }
    }
}
