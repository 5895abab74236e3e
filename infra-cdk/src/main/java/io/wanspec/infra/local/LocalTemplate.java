package io.wanspec.infra.local;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.BiPredicate;
import java.util.function.Consumer;

/** A template as it is changed for the local cloud; the differences themselves stand in {@link LocalDifference}. */
final class LocalTemplate {
    private static final String RESOURCES = "Resources";
    private static final String DEPENDS_ON = "DependsOn";

    private final ObjectNode root;

    private LocalTemplate(ObjectNode root) {
        this.root = root;
    }

    /** With every difference. The one that was given stays as it is. */
    static ObjectNode of(ObjectNode synthesised, LocalPlace place) {
        LocalTemplate changed = new LocalTemplate(synthesised.deepCopy());
        for (LocalDifference difference : LocalDifference.values()) {
            difference.apply(changed, place);
        }
        changed.requireWhole();
        return changed.root;
    }

    ObjectNode root() {
        return root;
    }

    /** The resources of a type. */
    void each(String type, Consumer<ObjectNode> change) {
        resources().forEach(resource -> {
            if (resource.path("Type").asText().equals(type)) {
                change.accept(resource);
            }
        });
    }

    void eachProperties(String type, Consumer<ObjectNode> change) {
        each(type, resource -> change.accept((ObjectNode) resource.path("Properties")));
    }

    /** The settings of the functions. */
    void eachVariables(Consumer<ObjectNode> change) {
        eachProperties(
                "AWS::Lambda::Function",
                function ->
                        change.accept((ObjectNode) function.path("Environment").path("Variables")));
    }

    /** Without the resources whose type begins so, and without waiting for them. */
    void remove(String... types) {
        remove((name, type) -> List.of(types).stream().anyMatch(type::startsWith));
    }

    /** @param which of a logical name and a type */
    void remove(BiPredicate<String, String> which) {
        Set<String> gone = new HashSet<>();
        root.path(RESOURCES).properties().forEach(entry -> {
            if (which.test(entry.getKey(), entry.getValue().path("Type").asText())) {
                gone.add(entry.getKey());
            }
        });
        ((ObjectNode) root.path(RESOURCES)).remove(gone);
        resources().forEach(resource -> waitForOthersOnly(resource, gone));
    }

    List<ObjectNode> resources() {
        List<ObjectNode> all = new ArrayList<>();
        root.path(RESOURCES).forEach(resource -> all.add((ObjectNode) resource));
        return all;
    }

    private static void waitForOthersOnly(ObjectNode resource, Set<String> gone) {
        if (resource.path(DEPENDS_ON) instanceof ArrayNode waited) {
            ArrayNode left = waited.arrayNode();
            waited.forEach(name -> {
                if (!gone.contains(name.asText())) {
                    left.add(name);
                }
            });
            resource.set(DEPENDS_ON, left);
        } else if (gone.contains(resource.path(DEPENDS_ON).asText())) {
            resource.remove(DEPENDS_ON);
        }
    }

    /** Whoever changes a difference hears of it here, not from the emulator. */
    private void requireWhole() {
        Set<String> known = new HashSet<>();
        root.path(RESOURCES).fieldNames().forEachRemaining(known::add);
        root.findValues("Ref").forEach(name -> requireKnown(name.asText(), known));
        root.findValues("Fn::GetAtt").forEach(pair -> requireKnown(pair.path(0).asText(), known));
    }

    private static void requireKnown(String name, Set<String> known) {
        if (!name.startsWith("AWS::") && !known.contains(name)) {
            throw new IllegalStateException("the local template refers to " + name + ", which it does not have");
        }
    }

    static boolean has(ObjectNode variables, String name) {
        return variables.has(name);
    }
}
