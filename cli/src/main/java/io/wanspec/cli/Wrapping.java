package io.wanspec.cli;

import java.util.ArrayList;
import java.util.List;

/** Breaks a text into lines of a width, between words where there are any. */
final class Wrapping {
    private Wrapping() {}

    static List<String> lines(String text, int columns) {
        List<String> lines = new ArrayList<>();
        for (String paragraph : text.split("\n", -1)) {
            String rest = paragraph.replace('\t', ' ');
            while (rest.length() > columns) {
                int space = rest.lastIndexOf(' ', columns);
                int end = space > 0 ? space : columns;
                lines.add(rest.substring(0, end));
                rest = rest.substring(end).stripLeading();
            }
            lines.add(rest);
        }
        return lines;
    }
}
