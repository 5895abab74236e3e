// The form: what it says as a request's body, and what is wrong with it.

const INTEGER = {pattern: /^-?\d{1,15}$/, words: "a whole number"};
const NUMBER = {pattern: /^-?\d{1,9}(\.\d{1,9})?$/, words: "a number"};
const LIST = {words: "texts, one a line"};

/** The fields beside prompt, mode and the switches. Those of `wanspec` are how it is drafted, the rest what is drawn. */
const FIELDS = [
    {name: "max_tokens", ...INTEGER, min: 1, max: 1_048_576},
    {name: "temperature", ...NUMBER, min: 0, max: 2},
    {name: "seed", ...INTEGER, min: -Number.MAX_SAFE_INTEGER, max: Number.MAX_SAFE_INTEGER},
    {name: "top_p", label: "Top p", ...NUMBER, min: 0, max: 1},
    {name: "top_k", label: "Top k", ...INTEGER, min: -1, max: 1_000_000},
    {name: "min_p", label: "Min p", ...NUMBER, min: 0, max: 1},
    {name: "frequency_penalty", label: "Frequency penalty", ...NUMBER, min: -2, max: 2},
    {name: "presence_penalty", label: "Presence penalty", ...NUMBER, min: -2, max: 2},
    {name: "repetition_penalty", label: "Repetition penalty", ...NUMBER, min: 0.01, max: 10},
    {name: "stop", label: "Stop strings, one a line", ...LIST, most: 4},
    {name: "draft", label: "Drafts", options: ["tree", "chain"], wanspec: true},
    {name: "redundancy", label: "Busy region drafts too", options: ["never", "always", "entropy", "value"], wanspec: true},
    {name: "run_length", label: "Run length", ...INTEGER, min: 1, max: 64, wanspec: true},
    {name: "window", label: "Window", ...INTEGER, min: 1, max: 256, wanspec: true},
];

const EXAMPLES = {
    "chat": {prompt: "Explain why the sky is blue, in three sentences."},
    "summary": {prompt: "Summarise in two sentences:\n\nTrams came back to the city after forty years. The first line links the harbour with the"
        + " university, takes eleven minutes, and carries nine thousand people a day. Shopkeepers had feared the works; most now say that the"
        + " quiet street brings them more customers than the cars did."},
    "code edit": {prompt: "Rename the variable x to total, and give back the whole function:\n\ndef add(values):\n    x = 0\n    for value in values:\n"
        + "        x = x + value\n    return x"},
    "extraction": {prompt: "List every date and what happened then, one a line:\n\nThe bridge was begun on 3 May 1911, opened on 20 June 1914, closed"
        + " after the flood of 9 February 1953, and opened again on 1 October 1954."},
};

/** What the server calls a field, and where it is here. */
const PLACES = {messages: "prompt", model: null, max_completion_tokens: "max_tokens"};

const at = id => document.getElementById(id);

export class BadField extends Error {
    constructor(field, message) {
        super(message);
        this.field = field;
    }
}

export class RequestForm {
    #form;

    constructor(form) {
        this.#form = form;
        this.#addMore();
        this.#addExamples();
        form.addEventListener("input", e => e.target.id && this.#clear(e.target.id));
        form.addEventListener("change", () => this.#agree());
        this.#agree();
    }

    #addMore() {
        for (const field of FIELDS.filter(field => field.label)) {
            const box = document.createElement("div");
            box.className = "field";
            const label = document.createElement("label");
            label.htmlFor = field.name;
            label.textContent = field.label;
            const error = document.createElement("p");
            error.className = "error";
            error.id = field.name + "-error";
            box.append(label, input(field), error);
            at("more").append(box);
        }
    }

    #addExamples() {
        for (const name of Object.keys(EXAMPLES)) {
            at("example").add(new Option(name, name));
        }
        at("example").addEventListener("change", e => {
            const example = EXAMPLES[e.target.value];
            if (example) {
                at("prompt").value = example.prompt;
                this.#clear("prompt");
            }
        });
    }

    get api() {
        return this.#form.elements.api.value;
    }

    get mode() {
        return this.#form.elements.mode.value;
    }

    get path() {
        return this.api === "chat" ? "v1/chat/completions" : "v1/completions";
    }

    /** Goals and drafts are WANSpec's; a raw text has no system message. */
    #agree() {
        at("goal").disabled = this.mode !== "wanspec";
        at("system").disabled = this.api !== "chat";
        FIELDS.filter(field => field.wanspec).forEach(field => {
            at(field.name).disabled = this.mode !== "wanspec";
        });
    }

    /** @throws BadField if something in it cannot be sent */
    body(model) {
        const wanspec = {mode: this.mode, timeline: at("colour").checked ? "text" : "events"};
        if (this.mode === "wanspec" && at("goal").value) {
            wanspec.goal = at("goal").value;
        }
        const body = {model, ...this.#prompt()};
        for (const field of FIELDS.filter(field => !at(field.name).disabled)) {
            const value = read(field);
            if (value !== undefined) {
                (field.wanspec ? wanspec : body)[field.name] = value;
            }
        }
        if (at("logprobs").checked) {
            Object.assign(body, this.api === "chat" ? {logprobs: true, top_logprobs: 5} : {logprobs: 5});
        }
        const extra = this.#extra();
        // Only streams are understood here, whatever is written there.
        return {...body, ...extra, stream: true, wanspec: {...wanspec, ...extra.wanspec}};
    }

    #prompt() {
        const prompt = at("prompt").value;
        if (prompt.trim() === "") {
            throw new BadField("prompt", "Write a prompt.");
        }
        if (this.api === "text") {
            return {prompt};
        }
        const system = at("system").value;
        const messages = [{role: "user", content: prompt}];
        return {messages: system.trim() ? [{role: "system", content: system}, ...messages] : messages};
    }

    #extra() {
        const written = at("extra").value.trim();
        if (!written) {
            return {};
        }
        let value;
        try {
            value = JSON.parse(written);
        } catch (e) {
            throw new BadField("extra", "This is no JSON: " + e.message);
        }
        if (value === null || typeof value !== "object" || Array.isArray(value)) {
            throw new BadField("extra", "This must be a JSON object, {\"field\": value}.");
        }
        return value;
    }

    /** @return the element that a field of the API is shown in, or null */
    show(field, message) {
        const name = String(field ?? "").split(/[.[]/);
        const last = name.at(-1) in PLACES || at(name.at(-1) + "-error") ? name.at(-1) : name[0];
        const id = last in PLACES ? PLACES[last] : last;
        const error = id && at(id + "-error");
        if (!error) {
            return null;
        }
        error.textContent = message;
        const element = at(id);
        element.setAttribute("aria-invalid", "true");
        element.closest("details")?.setAttribute("open", "");
        return element;
    }

    #clear(id) {
        const error = at(id + "-error");
        if (error) {
            error.textContent = "";
            at(id).removeAttribute("aria-invalid");
        }
    }

    clearAll() {
        this.#form.querySelectorAll("[aria-invalid]").forEach(element => this.#clear(element.id));
    }
}

function input(field) {
    if (field.options) {
        const select = document.createElement("select");
        select.add(new Option("the goal's", ""));
        field.options.forEach(option => select.add(new Option(option, option)));
        return named(select, field);
    }
    const element = document.createElement(field.most ? "textarea" : "input");
    element.rows = 1;
    if (field.pattern) {
        element.inputMode = field.pattern === INTEGER.pattern ? "numeric" : "decimal";
    }
    return named(element, field);
}

function named(element, field) {
    element.id = field.name;
    element.setAttribute("aria-describedby", field.name + "-error");
    return element;
}

/** So that a mistake is told beside its field; the server judges it all the same. */
function read(field) {
    const written = at(field.name).value;
    if (written.trim() === "") {
        return undefined;
    }
    if (field.options) {
        return written;
    }
    if (field.most) {
        return written.split("\n").filter(line => line !== "");
    }
    const text = written.trim();
    const value = Number(text);
    if (!field.pattern.test(text) || value < field.min || value > field.max) {
        throw new BadField(field.name, `This must be ${field.words} from ${field.min} to ${field.max}.`);
    }
    return value;
}
