package io.wanspec.infra.settings;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;

/** A mapping in the file. It remembers which of its fields were asked for, so that {@link #read} can refuse the others by name. */
final class Section {
    private final String file;
    private final String path;
    private final int line;
    private final Map<String, Node> values = new LinkedHashMap<>();

    /** Where each is called. */
    private final Map<String, Integer> lines = new HashMap<>();

    private final Set<String> known = new LinkedHashSet<>();

    private Section(String file, String path, int line) {
        this.file = file;
        this.path = path;
        this.line = line;
    }

    static Section of(String file, String path, Node node) {
        Section section = new Section(file, path, lineOf(node));
        if (!(node instanceof MappingNode mapping)) {
            throw section.fault(node, "", "must hold fields, one a line: 'name: value'");
        }
        for (NodeTuple tuple : mapping.getValue()) {
            String name = tuple.getKeyNode() instanceof ScalarNode key ? key.getValue() : "?";
            if (section.values.put(name, tuple.getValueNode()) != null) {
                throw section.fault(tuple.getKeyNode(), name, twice(section.lines.get(name)));
            }
            section.lines.put(name, lineOf(tuple.getKeyNode()));
        }
        return section;
    }

    /** Reads this section, and refuses what nobody asked for. What a record refuses is told with this section's line. */
    <T> T read(Function<Section, T> reader) {
        T read;
        try {
            read = reader.apply(this);
        } catch (IllegalArgumentException e) {
            throw new SettingsException(file, line, path, String.valueOf(e.getMessage()));
        }
        values.keySet().stream()
                .filter(name -> !known.contains(name))
                .findFirst()
                .ifPresent(name -> {
                    throw fault(name, "is not a setting. " + suggestion(name));
                });
        return read;
    }

    Optional<String> text(String name) {
        return node(name).map(node -> {
            if (!(node instanceof ScalarNode scalar)) {
                throw fault(node, name, "must be one value, behind its name: 'name: value'");
            }
            if (scalar.getValue().isBlank()) {
                throw fault(node, name, "has no value. Write one, or leave the line out");
            }
            return scalar.getValue().strip();
        });
    }

    String required(String name, String remedy) {
        return text(name).orElseThrow(() -> missing(name, remedy));
    }

    /** @param remedy what the text has to look like, in words */
    String required(String name, Pattern form, String remedy) {
        return matching(name, form, remedy).orElseThrow(() -> missing(name, remedy));
    }

    Optional<String> matching(String name, Pattern form, String remedy) {
        Optional<String> text = text(name);
        text.filter(value -> !form.matcher(value).matches()).ifPresent(value -> {
            throw fault(name, "'" + value + "' does not fit. Write " + remedy);
        });
        return text;
    }

    int whole(String name, int absent, int min, int max) {
        return text(name)
                .map(value -> {
                    if (!value.matches("[0-9]{1,9}")
                            || Integer.parseInt(value) < min
                            || Integer.parseInt(value) > max) {
                        throw fault(name, "'" + value + "' must be a whole number from " + min + " to " + max);
                    }
                    return Integer.valueOf(value);
                })
                .orElse(absent);
    }

    boolean flag(String name, boolean absent) {
        return text(name)
                .map(value -> switch (value) {
                    case "true" -> true;
                    case "false" -> false;
                    default -> throw fault(name, "'" + value + "' must be true or false");
                })
                .orElse(absent);
    }

    <C extends Enum<C> & Word> C choice(String name, Class<C> type, C absent) {
        return text(name)
                .map(value -> Word.find(type, value)
                        .orElseThrow(() ->
                                fault(name, "'" + value + "' must be one of " + String.join(", ", Word.all(type)))))
                .orElse(absent);
    }

    <T> Optional<T> section(String name, Function<Section, T> reader) {
        return node(name).map(node -> of(file, pathOf(name), node).read(reader));
    }

    <T> T requiredSection(String name, String remedy, Function<Section, T> reader) {
        return section(name, reader).orElseThrow(() -> missing(name, remedy));
    }

    <T> List<T> sections(String name, Function<Section, T> reader) {
        List<Node> entries = entries(name);
        List<T> read = new ArrayList<>();
        for (int i = 0; i < entries.size(); i++) {
            read.add(of(file, pathOf(name) + "[" + i + "]", entries.get(i)).read(reader));
        }
        return List.copyOf(read);
    }

    /** Refuses entries of these lists that are called the same. */
    void distinct(String field, String... lists) {
        Map<String, Node> first = new HashMap<>();
        for (String list : lists) {
            List<Node> entries = entries(list);
            for (int i = 0; i < entries.size(); i++) {
                Section entry = of(file, pathOf(list) + "[" + i + "]", entries.get(i));
                entry.text(field).ifPresent(text -> {
                    Node called = entry.node(field).orElseThrow();
                    Node before = first.putIfAbsent(text, called);
                    if (before != null) {
                        throw entry.fault(
                                field, "'" + text + "' is that of line " + lineOf(before) + ", too. Rename one");
                    }
                });
            }
        }
    }

    /** Each once. */
    List<String> texts(String name, Pattern form, String remedy) {
        Map<String, Integer> read = new LinkedHashMap<>();
        for (Node entry : entries(name)) {
            String value =
                    entry instanceof ScalarNode scalar ? scalar.getValue().strip() : "";
            if (!form.matcher(value).matches()) {
                throw fault(entry, name, "'" + value + "' does not fit. Write " + remedy);
            }
            Integer before = read.putIfAbsent(value, lineOf(entry));
            if (before != null) {
                throw fault(entry, name, "'" + value + "' " + twice(before));
            }
        }
        return List.copyOf(read.keySet());
    }

    private static String twice(@Nullable Integer before) {
        return "is there twice, first in line " + before + "; keep one";
    }

    private List<Node> entries(String name) {
        return node(name)
                .map(node -> {
                    if (!(node instanceof SequenceNode sequence)) {
                        throw fault(node, name, "must be a list: '- ' before each entry, or [a, b]");
                    }
                    return sequence.getValue();
                })
                .orElse(List.of());
    }

    private Optional<Node> node(String name) {
        known.add(name);
        return Optional.ofNullable(values.get(name));
    }

    private SettingsException missing(String name, String remedy) {
        return new SettingsException(file, line, pathOf(name), "is missing. Write " + remedy);
    }

    private SettingsException fault(String name, String problem) {
        Node node = values.get(name);
        return new SettingsException(file, node == null ? line : lineOf(node), pathOf(name), problem);
    }

    private SettingsException fault(Node at, String name, String problem) {
        return new SettingsException(file, lineOf(at), name.isEmpty() ? path : pathOf(name), problem);
    }

    private String pathOf(String name) {
        return path.isEmpty() ? name : path + "." + name;
    }

    private String suggestion(String unknown) {
        String nearest = known.stream()
                .min(Comparator.comparingInt(name -> distance(name, unknown)))
                .orElse("");
        return distance(nearest, unknown) <= 2
                ? "Did you mean " + nearest + "?"
                : "Here there are: " + String.join(", ", known);
    }

    /** Levenshtein's. */
    private static int distance(String one, String other) {
        int[] row = new int[other.length() + 1];
        for (int j = 0; j <= other.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= one.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= other.length(); j++) {
                int replaced = diagonal + (one.charAt(i - 1) == other.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(replaced, 1 + Math.min(row[j], row[j - 1]));
            }
        }
        return row[other.length()];
    }

    private static int lineOf(Node node) {
        return node.getStartMark().getLine() + 1;
    }
}
