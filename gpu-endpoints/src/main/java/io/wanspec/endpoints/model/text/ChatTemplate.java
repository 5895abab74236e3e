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
 * for each content, so that a control token's name in a message stays text.
 */
final class ChatTemplate {
    private static final int OUTPUT_CHARS_MAX = 1 << 20;
    private static final char OPEN = '\uE000';
    private static final char CLOSE = '\uE001';
    private static final Pattern PLACEHOLDER = Pattern.compile(OPEN + "(\\d{1,6})" + CLOSE);

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
            shown.add(Map.of("role", messages.get(i).role(), "content", "" + OPEN + i + CLOSE));
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
            parts.add(new Part(messages.get(Integer.parseInt(matcher.group(1))).content(), true));
            from = matcher.end();
        }
        parts.add(new Part(rendered.substring(from), false));
        return parts;
    }
}
