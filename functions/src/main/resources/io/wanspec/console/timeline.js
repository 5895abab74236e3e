/*
 * Draws a session's timeline: docs/timeline.md says what its events are. A plain script, which puts one name into the page; the lanes are
 * drawn by Observable Plot, whose scripts (d3.min.js, plot.umd.min.js) come before it. Every text from outside becomes a text node.
 */
(() => {
    "use strict";

    const MARK = ": wanspec-timeline ";
    const SOURCES = ["remote", "busy", "lookup", "target"];
    const NAMES = {
        remote: "remote draft",
        busy: "busy-region draft",
        lookup: "lookup",
        target: "the target's own",
    };
    const REDRAW_MS = 250;
    const LANE_HEIGHT = 26;

    const ms = value => `${value.toFixed(1)} ms`;
    const plural = (count, one, many = one + "s") => `${count} ${count === 1 ? one : many}`;

    function node(name, className, text) {
        const made = document.createElement(name);
        if (className) {
            made.className = className;
        }
        if (text !== undefined) {
            made.textContent = text;
        }
        return made;
    }

    /** What the events say, sorted by what is drawn. */
    function read(all) {
        const events = all.filter(event => !event.choice);
        const of = type => events.filter(event => event.type === type);
        const passes = of("pass");
        const tokens = passes.flatMap(pass => pass.tokens.map((token, i) => ({...token, position: pass.position + i, pass})));
        return {
            begin: events.find(event => event.type === "begin"),
            end: events.find(event => event.type === "end"),
            last: events.length ? events[events.length - 1].t : 0,
            asks: of("ask"), stalls: of("stall"), frames: of("frame"), links: of("link"), notes: of("note"),
            passes, tokens,
        };
    }

    const isRemote = worker => worker.place === "remote";
    const draftLane = worker => isRemote(worker) ? `drafts of ${worker.id}` : `busy-region drafts`;
    const wanLane = worker => `network, ${worker.id}`;

    /** The lanes from top to bottom, those alone in which something happened. */
    function lanes(log) {
        const names = ["target passes", "stalls"];
        for (const worker of workers(log)) {
            names.push(draftLane(worker));
            if (isRemote(worker)) {
                names.push(wanLane(worker));
            }
        }
        names.push("links and notes");
        return [...new Set(names)];
    }

    function workers(log) {
        const seen = new Set(log.frames.map(frame => frame.worker));
        return (log.begin?.workers ?? []).filter(worker => seen.has(worker.id))
            .sort((a, b) => (isRemote(a) ? 1 : 0) - (isRemote(b) ? 1 : 0));
    }

    function passTitle(pass) {
        const drafts = pass.drafts ? `${pass.accepted} of ${plural(pass.drafts, "draft token")} accepted` : "no draft tokens";
        const times = pass.pass_ms === undefined ? "" : `\npass ${ms(pass.pass_ms)}`
            + (pass.queued_ms ? `, waited ${ms(pass.queued_ms)}` : "")
            + (pass.sessions > 1 ? `, with ${plural(pass.sessions - 1, "other session")}` : "");
        return `Pass ${pass.pass}: ${ms(pass.asked)} to ${ms(pass.t)}${times}\n${drafts}\n${plural(pass.tokens.length, "token")}`;
    }

    function draftBars(log) {
        return log.frames.filter(frame => frame.kind === "drafted").map(frame => {
            const x2 = frame.sent ?? frame.t;
            const worker = {id: frame.worker, place: frame.place};
            return {
                x1: Math.max(0, x2 - (frame.pass_ms ?? 0)), x2, lane: draftLane(worker), place: frame.place,
                title: `${frame.worker}: ${plural(frame.candidates, "draft token")} for positions ${frame.from} to ${frame.to}\n`
                    + `${plural(frame.passes, "draft pass", "draft passes")} in ${ms(frame.pass_ms ?? 0)}, here at ${ms(frame.t)}`,
            };
        });
    }

    /** A frame to a worker arrives about half a round trip after it was sent. */
    function wanBars(log) {
        const trips = new Map((log.begin?.workers ?? []).map(worker => [worker.id, worker.round_trip_ms ?? 0]));
        return log.frames.filter(frame => frame.wan).map(frame => {
            const out = frame.direction === "out";
            return {
                x1: out ? frame.t : frame.sent ?? frame.t,
                x2: out ? frame.t + (trips.get(frame.worker) ?? 0) / 2 : frame.t,
                lane: wanLane({id: frame.worker}), out,
                title: `${frame.kind} ${out ? "to" : "from"} ${frame.worker}: ${plural(frame.bytes, "byte")} at ${ms(frame.t)}`,
            };
        });
    }

    /** The round that is not answered yet. */
    function waiting(log) {
        const ask = log.asks[log.asks.length - 1];
        const pass = log.passes[log.passes.length - 1];
        return !log.end && ask && (!pass || pass.t <= ask.t) ? [{x1: ask.t, x2: log.last, lane: "target passes"}] : [];
    }

    function remarks(log) {
        const links = log.links.filter(link => link.state !== "closed").map(link => ({
            t: link.t, bad: link.state === "lost", title: `${link.link}: ${link.state}${link.reason ? "\n" + link.reason : ""}\nat ${ms(link.t)}`,
        }));
        const notes = log.notes.map(note => ({t: note.t, bad: true, title: `${note.code.replaceAll("_", " ")}\n${note.detail}\nat ${ms(note.t)}`}));
        return [...links, ...notes].map(one => ({...one, lane: "links and notes"}));
    }

    function chart(log, width, until) {
        const Plot = globalThis.Plot;
        const names = lanes(log);
        const drafts = draftBars(log);
        const wan = wanBars(log);
        const bar = (data, options) => Plot.barX(data, {
            x1: "x1", x2: "x2", y: "lane", insetTop: 4, insetBottom: 4, insetLeft: -0.5, insetRight: -0.5, ...options,
        });
        const passes = log.passes.map(pass => ({x1: pass.asked, x2: pass.t, lane: "target passes", title: passTitle(pass), tokens: pass.tokens.length}));
        const stalls = log.stalls.map(stall => ({
            x1: stall.from, x2: stall.t, lane: "stalls", title: `The target was idle for ${ms(stall.t - stall.from)}, until ${ms(stall.t)}`,
        }));
        const points = [
            ...[...passes, ...stalls, ...drafts, ...wan].map(one => ({x: (one.x1 + one.x2) / 2, lane: one.lane, title: one.title})),
            ...remarks(log).map(one => ({x: one.t, lane: one.lane, title: one.title})),
        ];
        const letters = Math.min(Math.max(...names.map(name => name.length)), Math.floor(width / 24));
        const svg = Plot.plot({
            width, marginLeft: 16 + 6.6 * letters, marginRight: 16, marginTop: 8, marginBottom: 42,
            height: 50 + LANE_HEIGHT * names.length, clip: true,
            x: {label: "milliseconds since the request came", domain: [0, Math.max(until ?? 0, log.last, 1)], grid: true},
            y: {domain: names, label: null, padding: 0.1, tickFormat: name => name.length > letters ? name.slice(0, letters - 1) + "…" : name},
            style: {background: "transparent", color: "var(--wt-ink)", fontSize: "12px"},
            marks: [
                Plot.ruleY(names, {stroke: "var(--wt-line)", strokeOpacity: 0.6, y: d => d}),
                bar(passes, {fill: "var(--wt-target)", stroke: "var(--wt-card)", strokeWidth: 0.5}),
                bar(waiting(log), {fill: "var(--wt-target)", fillOpacity: 0.35}),
                bar(stalls, {fill: "var(--wt-stall)"}),
                bar(drafts.filter(one => one.place === "busy"), {fill: "var(--wt-busy)", stroke: "var(--wt-card)", strokeWidth: 0.5}),
                bar(drafts.filter(one => one.place !== "busy"), {fill: "var(--wt-remote)", stroke: "var(--wt-card)", strokeWidth: 0.5}),
                bar(wan.filter(one => one.out), {fill: "var(--wt-out)", fillOpacity: 0.55, insetTop: 3, insetBottom: LANE_HEIGHT / 2}),
                bar(wan.filter(one => !one.out), {fill: "var(--wt-remote)", fillOpacity: 0.55, insetTop: LANE_HEIGHT / 2, insetBottom: 3}),
                Plot.dot(remarks(log), {
                    x: "t", y: "lane", r: 4, symbol: one => one.bad ? "times" : "circle",
                    stroke: one => one.bad ? "var(--wt-stall)" : "var(--wt-soft)", fill: "none", strokeWidth: 1.6,
                }),
                Plot.tip(points, Plot.pointer({x: "x", y: "lane", title: "title", maxRadius: 60, fill: "var(--wt-card)", stroke: "var(--wt-line)"})),
            ],
        });
        // Its few rules are in timeline.css: a page may forbid styles from elsewhere.
        svg.querySelectorAll("style").forEach(style => style.remove());
        // As a picture it has one name; those that Plot gives to its parts are none that ARIA allows.
        svg.querySelectorAll("[aria-label]").forEach(part => part.removeAttribute("aria-label"));
        svg.setAttribute("role", "img");
        svg.setAttribute("aria-label", summary(log) + " The same is in the tables below.");
        return svg;
    }

    function summary(log) {
        const idle = log.stalls.reduce((sum, stall) => sum + stall.t - stall.from, 0);
        const state = log.end ? `${log.end.failure ? "Failed" : "Ended"} after ${ms(log.end.t)}` : `So far ${ms(log.last)}`;
        return `${state}: ${plural(log.tokens.length, "token")} in ${plural(log.passes.length, "target pass", "target passes")}`
            + `, the target idle for ${ms(idle)}, ${plural(log.frames.length, "frame")}.`;
    }

    function counts(log) {
        const counted = {remote: 0, busy: 0, lookup: 0, target: 0};
        log.tokens.forEach(token => counted[token.source]++);
        return log.end?.sources ?? counted;
    }

    function legend(log) {
        const list = node("ul", "wt-legend");
        const counted = counts(log);
        for (const source of SOURCES) {
            const item = node("li", `wt-${source}`);
            item.append(node("span", "wt-mark", ""), ` ${NAMES[source]}: ${counted[source]}`);
            list.append(item);
        }
        return list;
    }

    function tokenTitle(token) {
        const parts = [`position ${token.position}: ${NAMES[token.source]}${token.worker ? " of " + token.worker : ""}`];
        if (token.entropy !== undefined) {
            parts.push(`draft's entropy ${token.entropy.toFixed(2)} nats`);
        }
        if (token.rank !== undefined) {
            parts.push(`the draft's choice number ${token.rank}`);
        } else if (token.entropy !== undefined) {
            parts.push("none of the draft's choices");
        }
        if (token.logprob !== undefined) {
            parts.push(`target's log-probability ${token.logprob.toFixed(3)}${token.target_rank ? `, its number ${token.target_rank}` : ""}`);
        }
        return parts.join("\n");
    }

    /** The text, a span each token; without texts a mark each. */
    function span(token) {
        const made = node("span", `wt-token wt-${token.source}`, token.text ?? "");
        made.title = tokenTitle(token);
        if (token.text === undefined) {
            made.classList.add("wt-block");
        } else if (token.text === "") {
            made.classList.add("wt-part");
        }
        return made;
    }

    function table(caption, heads, rows) {
        const made = node("table");
        made.append(node("caption", "", caption));
        const head = made.createTHead().insertRow();
        for (const name of heads) {
            const cell = node("th", "", name);
            cell.scope = "col";
            head.append(cell);
        }
        const body = made.createTBody();
        for (const row of rows) {
            const line = body.insertRow();
            row.forEach(value => line.insertCell().textContent = value ?? "");
        }
        const frame = node("div", "wt-scroll");
        frame.tabIndex = 0;
        frame.setAttribute("role", "region");
        frame.setAttribute("aria-label", caption);
        frame.append(made);
        return frame;
    }

    const LEDGER = [
        ["tokens", "tokens"], ["targetPasses", "target passes"], ["busyDraftPasses", "draft passes in the busy region"],
        ["remoteDraftPasses", "draft passes elsewhere"], ["stallMs", "target idle, ms"], ["wanBytes", "bytes across the network"],
        ["timeToFirstTokenMs", "first token, ms"], ["totalMs", "in all, ms"],
    ];

    const shown = value => typeof value === "number" && !Number.isInteger(value) ? value.toFixed(1) : String(value);

    function ledgerTable(log) {
        const ledger = log.end?.ledger ?? {};
        const rows = LEDGER.filter(([key]) => ledger[key] !== undefined).map(([key, name]) => [name, shown(ledger[key])]);
        if (log.end?.finish_reason ?? log.end?.failure) {
            rows.push(["ended by", log.end.finish_reason ?? log.end.failure]);
        }
        if (log.end?.dropped) {
            rows.push(["events that found no room", String(log.end.dropped)]);
        }
        return table("Ledger", ["what", "how much"], rows);
    }

    function tables(log) {
        const rounded = value => value === undefined ? "" : value.toFixed(1);
        return [
            table("Target passes", ["pass", "asked at, ms", "answered at, ms", "pass, ms", "queued, ms", "draft tokens", "accepted", "tokens", "from"],
                log.passes.map(pass => [pass.pass, rounded(pass.asked), rounded(pass.t), rounded(pass.pass_ms), rounded(pass.queued_ms),
                    pass.drafts, pass.accepted, pass.tokens.length, pass.tokens.map(token => NAMES[token.source]).join(", ")])),
            table("Tokens", ["position", "text", "source", "worker", "draft's entropy, nats", "rank", "log-probability"],
                log.tokens.map(token => [token.position, token.text, NAMES[token.source], token.worker, token.entropy?.toFixed(3), token.rank,
                    token.logprob?.toFixed(3)])),
            table("Stalls", ["from, ms", "to, ms"], log.stalls.map(stall => [rounded(stall.from), rounded(stall.t)])),
            table("Frames", ["at, ms", "worker", "direction", "kind", "bytes on the network", "draft tokens", "passes", "passes, ms"],
                log.frames.map(frame => [rounded(frame.t), frame.worker, frame.direction, frame.kind, frame.bytes, frame.candidates,
                    frame.passes, rounded(frame.pass_ms)])),
            table("Links and notes", ["at, ms", "what", "detail"], [...log.links, ...log.notes].sort((a, b) => a.t - b.t)
                .map(one => [rounded(one.t), one.type === "note" ? one.code.replaceAll("_", " ") : `${one.link} ${one.state}`,
                    one.detail ?? one.reason])),
        ];
    }

    /**
     * @param {Element} element becomes the picture's place; what it holds stays
     * @param {object[]} events a session's events, perhaps the first few of them
     * @param {{until?: number}} options the time, in milliseconds, up to which the lanes reach at least: so that several can be compared
     */
    function render(element, events, options = {}) {
        const root = node("div", "wt");
        const said = node("p", "wt-summary");
        const lanesAt = node("div", "wt-lanes");
        const legendAt = node("div");
        const text = node("div", "wt-text");
        const ledgerAt = node("div");
        const details = node("details");
        const tablesAt = node("div");
        details.append(node("summary", "", "The timeline as tables"), tablesAt);
        text.setAttribute("aria-label", "The text, coloured by where each token came from");
        text.setAttribute("role", "group");
        root.append(said, lanesAt, legendAt, text, ledgerAt, details);
        element.append(root);

        let current = events;
        let spans = 0;
        let timer;
        let removed = false;

        function drawTables(log) {
            tablesAt.replaceChildren(...(details.open ? tables(log) : []));
        }

        function drawText(log) {
            for (; spans < log.tokens.length; spans++) {
                text.append(span(log.tokens[spans]));
            }
            text.hidden = spans === 0;
        }

        function draw() {
            timer = undefined;
            if (removed) {
                return;
            }
            const log = read(current);
            said.textContent = summary(log);
            if (globalThis.Plot) {
                const width = Math.max(300, lanesAt.clientWidth || 900);
                lanesAt.replaceChildren(chart(log, width, options.until));
            }
            legendAt.replaceChildren(legend(log));
            drawText(log);
            ledgerAt.replaceChildren(...(log.end ? [ledgerTable(log)] : []));
            drawTables(log);
        }

        function soon() {
            timer ??= setTimeout(draw, REDRAW_MS);
        }

        details.addEventListener("toggle", () => drawTables(read(current)));
        const resized = new ResizeObserver(entries => {
            const width = Math.round(entries[0].contentRect.width);
            if (width && width !== Number(lanesAt.firstChild?.getAttribute("width"))) {
                soon();
            }
        });
        draw();
        resized.observe(lanesAt);
        return {
            update(more) {
                current = more;
                if (more[more.length - 1]?.type === "end") {
                    clearTimeout(timer);
                    draw();
                } else {
                    soon();
                }
            },
            remove() {
                removed = true;
                clearTimeout(timer);
                resized.disconnect();
                root.remove();
            },
        };
    }

    function event(line) {
        try {
            const read = JSON.parse(line);
            return typeof read?.type === "string" && typeof read.t === "number" ? read : null;
        } catch {
            return null;
        }
    }

    globalThis.WanSpecTimeline = {
        render,
        /** Events of JSON lines; what is none is passed over. */
        parse: text => text.split("\n").map(event).filter(read => read !== null),
        /** The event of a line of a stream, or null. */
        parseStream: line => line.startsWith(MARK) ? event(line.slice(MARK.length)) : null,
    };
})();
