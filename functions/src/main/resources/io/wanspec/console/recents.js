// The sessions of this tab. The table of sessions is not kept by key, so that the server could not list them without reading all of it.

const NAME = "wanspec.recents";
const MOST = 20;
const SHOWN = 80;

export class Recents {
    #element;
    #open;
    #list = stored();

    /** @param open is called with a session's id */
    constructor(element, open) {
        this.#element = element;
        this.#open = open;
        this.#draw();
    }

    /** @param session {id, mode, prompt, state, tokens, at}; one that is there already is told anew */
    put(session) {
        const shown = {...session, prompt: session.prompt.slice(0, SHOWN)};
        this.#list = [shown, ...this.#list.filter(other => other.id !== session.id)].slice(0, MOST);
        this.#keep();
        this.#draw();
    }

    /** With another key they are another's. */
    clear() {
        this.#list = [];
        this.#keep();
        this.#draw();
    }

    #keep() {
        try {
            sessionStorage.setItem(NAME, JSON.stringify(this.#list));
        } catch {
            // Forbidden, or full: then the page alone remembers them.
        }
    }

    #draw() {
        if (this.#list.length === 0) {
            const p = document.createElement("p");
            p.className = "empty";
            p.textContent = "None yet.";
            this.#element.replaceChildren(p);
            return;
        }
        const list = document.createElement("ul");
        list.className = "recents";
        list.append(...this.#list.map(session => this.#item(session)));
        this.#element.replaceChildren(list);
    }

    #item(session) {
        const item = document.createElement("li");
        const button = document.createElement("button");
        button.type = "button";
        const prompt = document.createElement("span");
        prompt.className = "prompt";
        prompt.textContent = session.prompt;
        const facts = document.createElement("small");
        const at = new Date(session.at).toLocaleTimeString("en-GB");
        facts.textContent = `${at} · ${session.mode} · ${session.state}${session.tokens ? ` · ${session.tokens} tokens` : ""}`;
        button.append(prompt, facts);
        button.addEventListener("click", () => this.#open(session.id));
        item.append(button);
        return item;
    }
}

function stored() {
    try {
        const list = JSON.parse(sessionStorage.getItem(NAME) ?? "[]");
        return Array.isArray(list) ? list.slice(0, MOST) : [];
    } catch {
        return [];
    }
}
