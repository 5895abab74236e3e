package io.wanspec.controller.interactions;

import io.wanspec.contracts.Branch;
import io.wanspec.contracts.DraftPlan;
import io.wanspec.contracts.Ints;
import io.wanspec.contracts.TokenTree;
import io.wanspec.contracts.Tokens;
import io.wanspec.contracts.frame.DraftFrame;
import io.wanspec.contracts.frame.TargetFrame;
import io.wanspec.controller.Action;
import io.wanspec.controller.Tally;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Prints an action in one line. */
final class ActionPrinter {
    private final Words words;
    private final HostView host;

    ActionPrinter(Words words, HostView host) {
        this.words = words;
        this.host = host;
    }

    String print(Action action) {
        return switch (action) {
            case Action.OpenTarget open ->
                "open target with " + words.prefixText(open.frame().prefix());
            case Action.CloseTarget close -> "close target";
            case Action.Verify verify -> print(verify.frame());
            case Action.OpenWorker open ->
                "open worker " + open.worker() + " with "
                        + words.prefixText(open.frame().prefix())
                        + print(open.frame().plan(), open.frame().prefix().size());
            case Action.Advance advance -> "advance " + advance.worker() + print(advance.frame());
            case Action.Expand expand -> "ask " + expand.worker() + " what follows " + print(expand.frame());
            case Action.CloseWorker close -> "close worker " + close.worker();
            case Action.Emit emit -> "emit \"" + String.join("\", \"", emit.pieces()) + '"';
            case Action.Checkpoint checkpoint ->
                "checkpoint " + words.text(checkpoint.tokens()) + ", from position " + checkpoint.position()
                        + (checkpoint.more().finish() == null ? "" : ", the last");
            case Action.WakeAt wake -> "wake at " + Times.dueMs(wake.atNanos());
            case Action.Finish finish -> "finish, " + name(finish.reason()) + print(finish.tally());
            case Action.Fail fail -> "fail, " + name(fail.code()) + " \"" + fail.message() + '"' + print(fail.tally());
            case Action.Note note -> "note " + name(note.code()) + " \"" + note.detail() + '"';
        };
    }

    private String print(TargetFrame.Verify frame) {
        return "verify round " + frame.round().number() + " behind " + prefix(frame.position(), frame.branch()) + ": "
                + (frame.drafts().size() == 0 ? "no draft tokens" : paths(frame.drafts()))
                + (frame.onward() == 0 ? "" : ", and " + frame.onward() + " more tokens");
    }

    private String print(DraftFrame.Advance frame) {
        String what = frame.committed().isEmpty() ? "nothing" : words.text(frame.committed());
        return ": " + what + " committed behind " + prefix(frame.position(), frame.branch())
                + print(frame.plan(), frame.position() + frame.committed().size());
    }

    private String print(DraftFrame.Expand frame) {
        Tokens committed = host.committed();
        List<String> places = new ArrayList<>();
        for (int node : frame.wanted().toArray()) {
            places.add(words.prefixText(committed.plus(pathTo(frame.drafts(), node))));
        }
        return String.join(" and ", places);
    }

    private static String print(DraftPlan plan, int committed) {
        if (plan.draftUpTo() <= committed) {
            return ", may draft nothing";
        }
        String tree = plan.passNodes() > 1
                ? ", " + plan.passNodes() + " places a pass, " + plan.candidates() + " candidates each"
                : "";
        String share = plan.shares() > 1 ? ", as worker " + (plan.share() + 1) + " of " + plan.shares() : "";
        return ", may draft up to position " + (plan.draftUpTo() - 1) + tree + share;
    }

    private static String print(Tally tally) {
        return ": " + tally.tokens().size() + " tokens, passes " + tally.targetPasses() + " target, "
                + tally.busyDraftPasses() + " busy-region draft, " + tally.remoteDraftPasses()
                + " remote draft, stalled "
                + Times.ms(tally.stallNanos()) + " of " + Times.ms(tally.totalNanos());
    }

    /** Frames name a prefix by length and digest; only what is committed has one that can be read. */
    private String prefix(int position, Branch branch) {
        Tokens prefix = host.committed().slice(0, position);
        if (!Branch.of(prefix).equals(branch)) {
            throw new AssertionError("the frame names a prefix of " + position + " tokens that is not committed");
        }
        return words.prefixText(prefix);
    }

    /** Every path to a leaf. */
    private String paths(TokenTree tree) {
        List<String> paths = new ArrayList<>();
        for (int node = 0; node < tree.size(); node++) {
            if (isLeaf(tree.parents(), node)) {
                paths.add(words.text(pathTo(tree, node)));
            }
        }
        return String.join(" | ", paths);
    }

    private static boolean isLeaf(Ints parents, int node) {
        for (int parent : parents.toArray()) {
            if (parent == node) {
                return false;
            }
        }
        return true;
    }

    private static Tokens pathTo(TokenTree tree, int node) {
        return node < 0
                ? Tokens.none()
                : pathTo(tree, tree.parents().get(node)).plus(tree.tokens().get(node));
    }

    private static String name(Enum<?> code) {
        return code.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
}
