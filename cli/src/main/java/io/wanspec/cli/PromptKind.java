package io.wanspec.cli;

import java.util.Locale;

/** Ready prompts, one of each kind of work. The more of an answer stands in its prompt, the more of it a draft can foresee. */
enum PromptKind {
    CHAT("Explain why the sky is blue"),

    SUMMARY("""
            Summarize the following text in two sentences.

            Lighthouses were built to warn ships of rocks and to lead them into harbours. The first ones burned wood or coal on a tower. In the \
            nineteenth century lenses of many rings gathered the light of an oil lamp into a beam that could be seen at a distance of thirty \
            kilometres. Keepers lived beside the lamp, cleaned the lens and wound up the clockwork that turned it. Today most lighthouses work \
            by themselves, and ships find their way by satellite, but the towers still stand as landmarks."""),

    CODE("""
            Rename the variable total to amount in this Python function. Answer with the whole function and nothing else.

            ```python
            def invoice(items, tax):
                total = 0
                for item in items:
                    total = total + item.price * item.count
                total = total + total * tax
                return total
            ```"""),

    EXTRACTION("""
            List every person in the following text with the year that belongs to the person, one a line, as "name: year".

            Anna Weber founded the workshop in 1987. Her brother Paul Weber joined her in 1991, after his studies. In 2003 they sold it to \
            Maria Lopez, who still runs it; John Miller, hired in 2010, builds the clocks.""");

    private final String prompt;

    PromptKind(String prompt) {
        this.prompt = prompt;
    }

    String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    String prompt() {
        return prompt;
    }
}
