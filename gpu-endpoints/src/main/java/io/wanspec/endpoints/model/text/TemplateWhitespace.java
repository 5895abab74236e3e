package io.wanspec.endpoints.model.text;

/**
 * Jinja's whitespace rules, carried out on a template before it is rendered, because a prompt must be right to the space and the
 * engine knows them only in part: {@code -} in a tag takes the whitespace beside it away; a block or a comment takes the blanks
 * before it away if it begins its line, and the line end behind it, unless it has a {@code +} there. Comments go altogether.
 *
 * <p>Source: Jinja 3 with {@code trim_blocks} and {@code lstrip_blocks}, as Hugging Face transformers sets it.
 */
final class TemplateWhitespace {
    private final StringBuilder out = new StringBuilder();

    /** What the last tag does to the text behind it. */
    private Trim trim = Trim.NOTHING;

    private boolean beginsLine = true;

    private enum Trim {
        NOTHING,
        LINE_END,
        ALL
    }

    private TemplateWhitespace() {}

    /** The same template without signs and comments: all whitespace that is left outside tags belongs to the prompt. */
    static String apply(String template) {
        boolean endsLine = template.endsWith("\n");
        return new TemplateWhitespace().read(endsLine ? template.substring(0, template.length() - 1) : template);
    }

    private String read(String template) {
        int at = 0;
        for (int open = TemplateTag.next(template, 0); open >= 0; open = TemplateTag.next(template, at)) {
            TemplateTag tag = TemplateTag.at(template, open);
            out.append(before(tag, behindLast(template.substring(at, open)))).append(tag.plain());
            trim = trimBehind(tag);
            beginsLine = false;
            at = tag.end();
        }
        return out.append(behindLast(template.substring(at))).toString();
    }

    private static Trim trimBehind(TemplateTag tag) {
        if (tag.behind() == '-') {
            return Trim.ALL;
        }
        return tag.isExpression() || tag.behind() == '+' ? Trim.NOTHING : Trim.LINE_END;
    }

    private String behindLast(String text) {
        return switch (trim) {
            case NOTHING -> text;
            case ALL -> text.stripLeading();
            case LINE_END -> {
                beginsLine = text.startsWith("\n");
                yield beginsLine ? text.substring(1) : text;
            }
        };
    }

    private String before(TemplateTag tag, String text) {
        if (tag.before() == '-') {
            return text.stripTrailing();
        }
        int line = text.lastIndexOf('\n') + 1;
        boolean beginsItsLine = (line > 0 || beginsLine) && text.substring(line).isBlank();
        boolean strips = !tag.isExpression() && tag.before() != '+';
        return strips && beginsItsLine ? text.substring(0, line) : text;
    }
}
