package io.wanspec.endpoints.model.weights;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** How a tensor's numbers are stored: in blocks of a fixed number of values and bytes. */
enum TensorType {
    F32(1, 4) {
        @Override
        void decode(ByteBuffer file, int at, float[] out, int to) {
            out[to] = file.getFloat(at);
        }
    },
    F16(1, 2) {
        @Override
        void decode(ByteBuffer file, int at, float[] out, int to) {
            out[to] = Float.float16ToFloat(file.getShort(at));
        }
    },
    BF16(1, 2) {
        @Override
        void decode(ByteBuffer file, int at, float[] out, int to) {
            out[to] = Float.intBitsToFloat(file.getShort(at) << 16);
        }
    },
    /** Signed bytes, still to be scaled. */
    I8(1, 1) {
        @Override
        void decode(ByteBuffer file, int at, float[] out, int to) {
            out[to] = file.get(at);
        }
    },
    /** Token ids; exact up to 2^24. */
    I32(1, 4) {
        @Override
        void decode(ByteBuffer file, int at, float[] out, int to) {
            out[to] = file.getInt(at);
        }
    },
    /** Token ids or their differences; exact up to 2^24. */
    I64(1, 8) {
        @Override
        void decode(ByteBuffer file, int at, float[] out, int to) {
            out[to] = file.getLong(at);
        }
    },
    /** Scale (half), 32 values of 4 bits around 8. */
    Q4_0(32, 18) {
        @Override
        void decode(ByteBuffer file, int at, float[] out, int to) {
            float scale = Float.float16ToFloat(file.getShort(at));
            for (int i = 0; i < 16; i++) {
                int pair = (file.get(at + 2 + i) & 0xFF);
                out[to + i] = scale * ((pair & 15) - 8);
                out[to + 16 + i] = scale * ((pair >> 4) - 8);
            }
        }
    },
    /** Scale and minimum (halves), 32 values of 4 bits. */
    Q4_1(32, 20) {
        @Override
        void decode(ByteBuffer file, int at, float[] out, int to) {
            float scale = Float.float16ToFloat(file.getShort(at));
            float least = Float.float16ToFloat(file.getShort(at + 2));
            for (int i = 0; i < 16; i++) {
                int pair = (file.get(at + 4 + i) & 0xFF);
                out[to + i] = scale * (pair & 15) + least;
                out[to + 16 + i] = scale * (pair >> 4) + least;
            }
        }
    },
    /** Scale (half), 32 signed bytes. */
    Q8_0(32, 34) {
        @Override
        void decode(ByteBuffer file, int at, float[] out, int to) {
            float scale = Float.float16ToFloat(file.getShort(at));
            for (int i = 0; i < 32; i++) {
                out[to + i] = scale * file.get(at + 2 + i);
            }
        }
    };

    private final int values;
    private final int bytes;

    TensorType(int values, int bytes) {
        this.values = values;
        this.bytes = bytes;
    }

    /** Decodes one block. */
    abstract void decode(ByteBuffer file, int at, float[] out, int to);

    long bytesFor(long count) {
        return count / values * bytes;
    }

    boolean divides(long count) {
        return count % values == 0;
    }

    /** @param offset of the tensor's first byte */
    float[] decodeAll(MappedFile file, long offset, int count) {
        ByteBuffer raw = ByteBuffer.wrap(file.bytesAt(offset, bytesFor(count))).order(ByteOrder.LITTLE_ENDIAN);
        float[] out = new float[count];
        for (int block = 0; block < count / values; block++) {
            decode(raw, block * bytes, out, block * values);
        }
        return out;
    }
}
