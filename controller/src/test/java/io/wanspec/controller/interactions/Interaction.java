package io.wanspec.controller.interactions;

import io.wanspec.contracts.GenerationRequest;
import io.wanspec.controller.Action;
import io.wanspec.controller.ControllerSettings;
import io.wanspec.controller.Event;
import io.wanspec.controller.LearnedEstimates;
import io.wanspec.controller.SpeculationController;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Function;

/** Plays a script to a real controller, and does what a host must: times never decrease, a wake-up comes when it is due. */
final class Interaction {
    private static final double NANOS_PER_MS = 1e6;

    private final Words words = new Words();
    private final Script script;
    private final HostView host;
    private final EventReader events;
    private final ActionPrinter printer;
    private final SpeculationController controller;
    private final GenerationRequest request;
    private final ControllerSettings settings;
    private final BiConsumer<Event, List<Action>> watch;
    private long now;

    private Interaction(Script script, Function<Interaction, BiConsumer<Event, List<Action>>> watched) {
        this.script = script;
        SessionReader session = new SessionReader(words);
        script.settings().forEach(session::read);
        settings = session.settings();
        request = session.request();
        host = new HostView(request.prompt().plus(session.resumedFrom().tokens()), settings);
        events = new EventReader(words, host);
        printer = new ActionPrinter(words, host);
        controller = new SpeculationController(request, settings, LearnedEstimates.none(), session.resumedFrom());
        watch = watched.apply(this);
    }

    /** The script's text with the actions that the controller really answers. */
    static String transcript(String file, String text) {
        return new Interaction(Script.parse(file, text), _ -> (_, _) -> {}).transcript();
    }

    /** Plays the script to whoever watches, who may ask for its request and settings first. */
    static void watch(String file, String text, Function<Interaction, BiConsumer<Event, List<Action>>> watched) {
        new Interaction(Script.parse(file, text), watched).transcript();
    }

    GenerationRequest request() {
        return request;
    }

    ControllerSettings settings() {
        return settings;
    }

    private String transcript() {
        String transcript = script.transcript(this::play);
        if (!host.isEnded()) {
            throw script.unfinished();
        }
        return transcript;
    }

    private List<String> play(Script.Step step) {
        long at = Math.round(step.atMs() * NANOS_PER_MS);
        Event event = events.read(step.event(), at);
        requireDue(event, step);
        now = at;
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < step.times(); i++) {
            List<Action> actions = controller.handle(event);
            watch.accept(event, actions);
            for (Action action : actions) {
                lines.add(printer.print(action));
                host.carryOut(action);
            }
        }
        return lines;
    }

    private void requireDue(Event event, Script.Step step) {
        if (event.atNanos() < now) {
            throw step.event().bad("times never decrease");
        }
        if (event instanceof Event.Woken) {
            host.woken();
        } else if (!host.isEnded() && event.atNanos() > host.wakeAt()) {
            throw step.event().bad("a wake-up is due before, at " + Times.dueMs(host.wakeAt()));
        }
    }
}
