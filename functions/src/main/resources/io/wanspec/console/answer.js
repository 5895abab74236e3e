// The answer, each token in the colour of where it came from, and what is known of the token that is pointed at.

export const SOURCES = {
    remote: "remote draft",
    busy: "busy-region draft",
    lookup: "looked up",
    target: "the target's own",
};

const HINT = "Point at a word, or go to the text and use the arrow keys, to see where it came from.";
const number = new Intl.NumberFormat("en", {maximumFractionDigits: 2});

export class Answer {
    #text;
    #token;
    #legend;
    #tokens = [];
    #plain = "";
    #coloured = true;
    /** How many of the tokens are drawn, and how long their text is. */
    #spans = 0;
    #drawn = 0;
    #shown = -1;

    constructor(text, token, legend) {
        this.#text = text;
        this.#token = token;
        this.#legend = legend;
        text.addEventListener("pointerover", e => this.#point(e.target));
        text.addEventListener("click", e => this.#point(e.target));
        text.addEventListener("keydown", e => this.#key(e));
        this.clear();
    }

    clear() {
        this.#tokens = [];
        this.#plain = "";
        this.#coloured = true;
        this.#spans = 0;
        this.#drawn = 0;
        this.#shown = -1;
        this.#text.replaceChildren();
        this.#token.textContent = HINT;
        this.#legend.replaceChildren();
    }

    get text() {
        return this.#plain;
    }

    busy(busy) {
        this.#text.setAttribute("aria-busy", String(busy));
        this.#text.classList.toggle("running", busy);
    }

    /**
     * More of the text, as any client gets it. It is drawn from this where no event says whose tokens they are: events come before
     * their text, so that text which is further than they are has none.
     */
    more(text) {
        this.#plain += text;
        if (this.#spans === 0 || this.#plain.length > this.#drawn) {
            this.#drawPlain();
        }
    }

    #drawPlain() {
        this.#coloured = this.#coloured && this.#spans === 0;
        this.#spans = 0;
        this.#tokens.forEach(token => delete token.span);
        this.#text.textContent = this.#plain;
    }

    /** @param pass an event of the timeline */
    pass(pass, prompt) {
        for (const [i, token] of pass.tokens.entries()) {
            const told = {...token, pass: pass.pass, at: pass.t, index: pass.position + i - prompt};
            if (this.#coloured && token.text !== undefined) {
                this.#add(told);
            }
            this.#tokens.push(told);
        }
        this.#drawLegend();
    }

    #add(token) {
        if (this.#spans === 0) {
            this.#text.replaceChildren();
        }
        this.#spans++;
        this.#drawn += token.text.length;
        const span = document.createElement("span");
        span.className = "t " + (token.source in SOURCES ? token.source : "target");
        span.textContent = token.text;
        span.dataset.i = String(this.#tokens.length);
        token.span = span;
        this.#text.append(span);
    }

    /**
     * What was held back for a stop string is no part of the text. Where tokens and text do not agree, the text is right.
     *
     * @param dropped how many events found the log full
     */
    end(dropped = 0) {
        this.busy(false);
        const drawn = this.#text.textContent;
        if (this.#spans > 0 && drawn.startsWith(this.#plain)) {
            this.#cut(drawn.length - this.#plain.length);
        } else if (this.#spans > 0) {
            this.#drawPlain();
        }
        if (!this.#coloured) {
            const why = dropped > 0 ? "the log of what happened was full" : "part of it was made by another function";
            this.#token.textContent = `This text is not the sum of the tokens that are known (${why}), and so it has no colours.`;
        }
    }

    /** Of a session that is looked at afterwards there is no other text than that of its tokens. */
    endOfTokens() {
        this.busy(false);
        if (this.#text.textContent === "") {
            const p = document.createElement("span");
            p.className = "empty";
            p.textContent = "The text of this session is not kept.";
            this.#text.append(p);
        }
    }

    #cut(length) {
        for (let i = this.#tokens.length - 1; i >= 0 && length > 0; i--) {
            const span = this.#tokens[i].span;
            if (span) {
                const kept = Math.max(0, span.textContent.length - length);
                length -= span.textContent.length - kept;
                span.textContent = span.textContent.slice(0, kept);
            }
        }
    }

    #drawLegend() {
        const all = this.#tokens.length;
        this.#legend.replaceChildren(...Object.entries(SOURCES).map(([source, words]) => {
            const count = this.#tokens.filter(token => token.source === source).length;
            const item = document.createElement("li");
            item.className = source;
            const name = document.createElement("span");
            name.textContent = words;
            const share = document.createElement("b");
            share.textContent = `${count} (${Math.round(100 * count / Math.max(1, all))} %)`;
            item.append(name, share);
            return item;
        }));
    }

    #point(element) {
        const span = element.closest?.(".t");
        if (span) {
            this.#show(Number(span.dataset.i));
        }
    }

    #key(event) {
        const step = {ArrowRight: 1, ArrowLeft: -1}[event.key];
        if (step && this.#spans > 0) {
            event.preventDefault();
            this.#show(Math.min(this.#tokens.length - 1, Math.max(0, this.#shown + step)), true);
        }
    }

    #show(index, scroll = false) {
        this.#tokens[this.#shown]?.span?.classList.remove("pointed");
        this.#shown = index;
        const token = this.#tokens[index];
        token.span?.classList.add("pointed");
        if (scroll) {
            token.span?.scrollIntoView({block: "nearest"});
        }
        this.#token.textContent = describe(token);
    }
}

function describe(token) {
    const of = token.worker ? ` of ${token.worker}` : "";
    const said = [`${token.index + 1}. ${JSON.stringify(token.text ?? "")}: ${SOURCES[token.source] ?? token.source}${of}`];
    if (token.entropy !== undefined) {
        said.push(`entropy ${number.format(token.entropy)} nats`);
    }
    if (token.rank !== undefined) {
        said.push(`the draft's ${ordinal(token.rank)} choice`);
    } else if (token.entropy !== undefined) {
        said.push("none of the draft's choices");
    }
    if (token.surprisal !== undefined) {
        said.push(`surprisal ${number.format(token.surprisal)}`);
    }
    if (token.logprob !== undefined) {
        said.push(`the target's log-probability ${number.format(token.logprob)}`);
    }
    if (token.target_rank !== undefined) {
        said.push(`the target's ${ordinal(token.target_rank)} choice`);
    }
    if (token.drafted !== undefined) {
        said.push(`drafted at ${Math.round(token.drafted)} ms`);
    }
    said.push(`committed at ${Math.round(token.at)} ms by pass ${token.pass}`);
    return said.join(" · ");
}

function ordinal(n) {
    return n + (["th", "st", "nd", "rd"][n % 100 > 10 && n % 100 < 14 ? 0 : n % 10] ?? "th");
}
