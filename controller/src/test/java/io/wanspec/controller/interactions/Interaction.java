package io.wanspec.controller.interactions;

import io.wanspec.controller.Action;
import io.wanspec.controller.ControllerSettings;
import io.wanspec.controller.Event;
import io.wanspec.controller.LearnedEstimates;
import io.wanspec.controller.SpeculationController;
import java.util.ArrayList;
import java.util.List;

/** Plays a script to a real controller, and does what a host must: times never decrease, a wake-up comes when it is due. */
final class Interaction {
    private static final double NANOS_PER_MS = 1e6;

    private final Words words = new Words();
    private final Script script;
    private final HostView host;
    private final EventReader events;
    private final ActionPrinter printer;
    private final SpeculationController controller;
    private long now;

    private Interaction(Script script) {
        this.script = script;
        SessionReader session = new SessionReader(words);
        script.settings().forEach(session::read);
        ControllerSettings settings = session.settings();
        host = new HostView(
                session.request().prompt().plus(session.resumedFrom().tokens()), settings);
        events = new EventReader(words, host);
        printer = new ActionPrinter(words, host);
        controller =
                new SpeculationController(session.request(), settings, LearnedEstimates.none(), session.resumedFrom());
    }

    /** The script's text with the actions that the controller really answers. */
    static String transcript(String file, String text) {
        Interaction interaction = new Interaction(Script.parse(file, text));
        String transcript = interaction.script.transcript(interaction::play);
        if (!interaction.host.isEnded()) {
            throw interaction.script.unfinished();
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
            for (Action action : controller.handle(event)) {
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
