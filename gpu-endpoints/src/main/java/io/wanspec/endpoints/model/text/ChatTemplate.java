package io.wanspec.endpoints.model.text;

import com.hubspot.jinjava.Jinjava;
import com.hubspot.jinjava.JinjavaConfig;
import com.hubspot.jinjava.interpret.RenderResult;
import io.wanspec.contracts.invoke.ChatMessage;
import io.wanspec.endpoints.model.ModelLoadException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A model's own chat template, a Jinja program. What users typed never passes through it: the template sees a placeholder
 * for each content, so that a control token's name in a message stays text. The placeholder stands between two padding
 * characters that count as whitespace: where the template trims them away, the content is trimmed too.
 */
final class ChatTemplate {
    private static final int OUTPUT_CHARS_MAX = 1 << 20;
    private static final char OPEN = '\uE000';
    private static final char CLOSE = '\uE001';

    /** The unit separator: Python and Java both count it as whitespace, and no template writes it. */
    private static final char PADDING = '\u001F';

    private static final Pattern PLACEHOLDER =
            Pattern.compile("(" + PADDING + "?)" + OPEN + "(\\d{1,6})" + CLOSE + "(" + PADDING + "?)");

    private final String template;
    private final Jinjava jinja = new Jinjava(JinjavaConfig.newBuilder()
            .withMaxOutputSize(OUTPUT_CHARS_MAX)
            .withMaxRenderDepth(8)
            .withFailOnUnknownTokens(false)
            .build());

    ChatTemplate(String template) {
        this.template = TemplateWhitespace.apply(template);
    }

    /** A part of a rendered prompt: the template's own words, or a message's content. */
    record Part(String text, boolean isContent) {}

    /**
     * @param bos what the template knows as {@code bos_token}
     * @param eos what it knows as {@code eos_token}
     */
    List<Part> render(List<ChatMessage> messages, String bos, String eos) {
        List<Map<String, Object>> shown = new ArrayList<>();
        for (int i = 0; i < messages.size(); i++) {
            shown.add(Map.of("role", messages.get(i).role(), "content", placeholder(i)));
        }
        RenderResult result = jinja.renderForResult(
                template, Map.of("messages", shown, "add_generation_prompt", true, "bos_token", bos, "eos_token", eos));
        if (result.hasErrors()) {
            throw new ModelLoadException("the model's chat template cannot be rendered: "
                    + result.getErrors().getFirst().getMessage());
        }
        return split(result.getOutput(), messages);
    }

    private static List<Part> split(String rendered, List<ChatMessage> messages) {
        List<Part> parts = new ArrayList<>();
        Matcher matcher = PLACEHOLDER.matcher(rendered);
        int from = 0;
        while (matcher.find()) {
            parts.add(new Part(rendered.substring(from, matcher.start()), false));
            parts.add(new Part(content(matcher, messages), true));
            from = matcher.end();
        }
        parts.add(new Part(rendered.substring(from), false));
        return parts;
    }

    private static String placeholder(int message) {
        return "" + PADDING + OPEN + message + CLOSE + PADDING;
    }

    private static String content(Matcher matcher, List<ChatMessage> messages) {
        String content = messages.get(Integer.parseInt(matcher.group(2))).content();
        String begun = matcher.group(1).isEmpty() ? PythonWhitespace.stripLeading(content) : content;
        return matcher.group(3).isEmpty() ? PythonWhitespace.stripTrailing(begun) : begun;
    }
}
