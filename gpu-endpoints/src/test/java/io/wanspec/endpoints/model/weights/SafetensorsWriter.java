package io.wanspec.endpoints.model.weights;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** Writes tensors of several types into one {@code model.safetensors}. */
public final class SafetensorsWriter {
    private static final JsonMapper JSON = new JsonMapper();

    private final ObjectNode header = JSON.createObjectNode();
    private final ByteArrayOutputStream data = new ByteArrayOutputStream();

    public SafetensorsWriter floats(String name, float[] values, int... shape) {
        byte[] bytes = new byte[values.length * Float.BYTES];
        ByteBuffer to = littleEndian(bytes);
        for (float value : values) {
            to.putFloat(value);
        }
        return add(name, "F32", bytes, shape);
    }

    public SafetensorsWriter ints(String name, int... values) {
        byte[] bytes = new byte[values.length * Integer.BYTES];
        ByteBuffer to = littleEndian(bytes);
        for (int value : values) {
            to.putInt(value);
        }
        return add(name, "I32", bytes, values.length);
    }

    public SafetensorsWriter longs(String name, int... values) {
        byte[] bytes = new byte[values.length * Long.BYTES];
        ByteBuffer to = littleEndian(bytes);
        for (int value : values) {
            to.putLong(value);
        }
        return add(name, "I64", bytes, values.length);
    }

    /** A matrix as bytes with one scale for each row. */
    public SafetensorsWriter bytes(String name, float[] values, int rows) {
        int columns = values.length / rows;
        byte[] bytes = new byte[values.length];
        float[] scales = new float[rows];
        for (int row = 0; row < rows; row++) {
            float largest = 0;
            for (int i = row * columns; i < (row + 1) * columns; i++) {
                largest = Math.max(largest, Math.abs(values[i]));
            }
            scales[row] = largest / 127;
            for (int i = row * columns; i < (row + 1) * columns; i++) {
                bytes[i] = (byte) Math.round(values[i] / scales[row]);
            }
        }
        return add(name, "I8", bytes, rows, columns).floats(name + "_scale", scales, rows, 1);
    }

    public void write(Path folder) throws IOException {
        byte[] json = JSON.writeValueAsString(header).getBytes(StandardCharsets.UTF_8);
        byte[] file = new byte[Long.BYTES + json.length + data.size()];
        littleEndian(file).putLong(json.length).put(json).put(data.toByteArray());
        Files.write(folder.resolve("model.safetensors"), file);
    }

    private SafetensorsWriter add(String name, String type, byte[] bytes, int... shape) {
        ObjectNode node = header.putObject(name).put("dtype", type);
        ArrayNode dimensions = node.putArray("shape");
        for (int dimension : shape) {
            dimensions.add(dimension);
        }
        node.putArray("data_offsets").add(data.size()).add(data.size() + bytes.length);
        data.writeBytes(bytes);
        return this;
    }

    private static ByteBuffer littleEndian(byte[] bytes) {
        return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }
}
