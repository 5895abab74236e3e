// What requests cost, as counted, beside each other. Ratios are of measured counts; money is at prices that the reader enters.

const MODES = {"wanspec": "WANSpec", "colocated": "Co-located (B1)", "target-only": "Target only (B0)"};
const HOUR_MS = 3_600_000;

const whole = new Intl.NumberFormat("en", {maximumFractionDigits: 0});
const tenths = new Intl.NumberFormat("en", {maximumFractionDigits: 1});
const money = new Intl.NumberFormat("en", {style: "currency", currency: "USD", maximumSignificantDigits: 3});

/**
 * @typedef {object} Run one request that has ended
 * @property {string} mode
 * @property {object} ledger as the API shows it
 * @property {object[]} events its timeline, perhaps empty
 * @property {string} text
 */

/**
 * What passes took, as servers said, in ms; of a target's pass for several sessions the session's share. `whole` is false where the log
 * found no room for all.
 */
export function passTimes(events) {
    const sum = (kind, place) => events
        .filter(event => event.type === kind && (!place || (event.place === place && event.direction === "in")))
        .reduce((all, event) => all + (event.pass_ms ?? 0) / Math.max(1, event.sessions ?? 1), 0);
    const end = events.find(event => event.type === "end");
    return {
        target: sum("pass"), busy: sum("frame", "busy"), remote: sum("frame", "remote"),
        whole: end !== undefined && !(end.dropped > 0),
    };
}

export function draw(element, runs, prices) {
    if (runs.length === 0) {
        return;
    }
    const table = document.createElement("table");
    table.className = "ledger";
    const caption = document.createElement("caption");
    caption.className = "sr";
    caption.textContent = "What the request cost in each mode that was run";
    const head = table.createTHead().insertRow();
    head.append(cell("th", "Counted", "col"), ...runs.map(run => cell("th", MODES[run.mode] ?? run.mode, "col")));
    const body = table.createTBody();
    for (const [words, value, title] of rows(prices)) {
        const values = runs.map(run => value(run, runs));
        if (values.some(shown => shown !== undefined)) {
            const row = body.insertRow();
            const name = cell("th", words, "row");
            if (title) {
                name.title = title;
            }
            row.append(name, ...values.map(shown => cell("td", shown ?? "–")));
        }
    }
    table.prepend(caption);
    const scroller = document.createElement("div");
    scroller.className = "scroller";
    scroller.tabIndex = 0;
    scroller.setAttribute("role", "group");
    scroller.setAttribute("aria-label", "Ledger");
    scroller.append(table);
    element.replaceChildren(...summary(runs, prices), scroller, ...positions(runs[0]));
}

function rows(prices) {
    return [
        ["Tokens", run => whole.format(run.ledger.tokens)],
        ["Target passes", run => whole.format(run.ledger.targetPasses)],
        ["Busy-region draft passes", run => whole.format(run.ledger.busyDraftPasses), "The cost that WANSpec saves"],
        ["Remote draft passes", run => whole.format(run.ledger.remoteDraftPasses)],
        ["Draft tokens accepted", run => acceptance(run.ledger)],
        ["Tokens a target pass", run => tenths.format(run.ledger.tokens / Math.max(1, run.ledger.targetPasses))],
        ["Stalls", run => ms(run.ledger.stallMs), "For so long the target idled for want of draft tokens"],
        ["Over the network", run => bytes(run.ledger.wanBytes)],
        ["First token after", run => ms(run.ledger.timeToFirstTokenMs)],
        ["All after", run => ms(run.ledger.totalMs)],
        ["A token", run => ms((run.ledger.totalMs - run.ledger.timeToFirstTokenMs) / Math.max(1, run.ledger.tokens - 1))],
        ["GPU time of the target", run => gpu(run, "target")],
        ["GPU time of busy-region drafts", run => gpu(run, "busy")],
        ["GPU time of remote drafts", run => gpu(run, "remote")],
        ["Money, at your prices", run => cost(run, prices)],
    ];
}

function acceptance(ledger) {
    const sum = list => list.reduce((a, b) => a + b, 0);
    const proposed = sum(ledger.proposedByPosition);
    return proposed === 0 ? "–" : `${Math.round(100 * sum(ledger.acceptedByPosition) / proposed)} % of ${whole.format(proposed)}`;
}

function gpu(run, place) {
    const times = passTimes(run.events);
    return times[place] === 0 ? undefined : (times.whole ? "" : "at least ") + ms(times[place]);
}

/** @return dollars, or undefined where a price of something that was used is not known */
export function dollars(run, prices) {
    const times = passTimes(run.events);
    let sum = 0;
    for (const place of ["target", "busy", "remote"]) {
        if (times[place] > 0 && !(prices[place] >= 0)) {
            return undefined;
        }
        sum += times[place] > 0 ? times[place] / HOUR_MS * prices[place] : 0;
    }
    return times.whole && sum > 0 ? sum : undefined;
}

function cost(run, prices) {
    const sum = dollars(run, prices);
    return sum === undefined ? undefined : money.format(sum);
}

/** In a sentence what was saved, against what, and whether the texts are one. */
function summary(runs, prices) {
    const ours = runs.find(run => run.mode === "wanspec");
    const b1 = runs.find(run => run.mode === "colocated");
    const b0 = runs.find(run => run.mode === "target-only");
    const lines = [];
    if (ours && b1) {
        lines.push(saved(ours.ledger.busyDraftPasses, b1.ledger.busyDraftPasses) + ", " + pace(ours, b1, "B1")
            + (b0 ? ", " + pace(ours, b0, "B0") : "") + ".");
    }
    const spent = ours && [b1 && spending(ours, b1, "B1", prices), b0 && spending(ours, b0, "B0", prices)].filter(words => words);
    if (spent?.length > 0) {
        lines.push(`At your prices it cost ${spent.join(", ")}.`);
    }
    if (runs.length > 1) {
        const one = runs.every(run => run.text === runs[0].text);
        lines.push(one
            ? `✓ The ${runs.length === 2 ? "two" : "three"} texts are one, to the character.`
            : "✗ The texts differ. That must not be: please report it, with the sessions' ids.");
    }
    return lines.map((line, i) => {
        const p = document.createElement("p");
        p.className = i === 0 && ours && b1 ? "summary" : "check-line";
        p.textContent = line;
        return p;
    });
}

function saved(ours, theirs) {
    if (theirs === 0) {
        return `${whole.format(ours)} busy-region draft passes in place of none`;
    }
    const share = Math.round(100 * (1 - ours / theirs));
    return share >= 0
        ? `${share} % of B1's ${whole.format(theirs)} busy-region draft passes saved`
        : `${-share} % more busy-region draft passes than B1's ${whole.format(theirs)}`;
}

function pace(ours, theirs, name) {
    const ratio = ours.ledger.totalMs / theirs.ledger.totalMs;
    const percent = Math.round(100 * Math.abs(1 - ratio));
    return percent === 0 ? `as fast as ${name}` : `${percent} % ${ratio < 1 ? "faster" : "slower"} than ${name}`;
}

function spending(ours, theirs, name, prices) {
    const [cost, other] = [dollars(ours, prices), dollars(theirs, prices)];
    if (cost === undefined || other === undefined) {
        return null;
    }
    const percent = Math.round(100 * Math.abs(1 - cost / other));
    return percent === 0 ? `as much as ${name}`
        : `${percent} % ${cost < other ? "less" : "more"} than ${name} (${money.format(Math.abs(cost - other))})`;
}

/** Of each place of a round, how many of the drafts there were accepted. */
function positions(run) {
    const {proposedByPosition: proposed, acceptedByPosition: accepted} = run.ledger;
    if (proposed.length === 0) {
        return [];
    }
    const title = document.createElement("h3");
    title.textContent = "Accepted, by place in the round";
    const list = document.createElement("ol");
    list.className = "positions";
    proposed.slice(0, 16).forEach((of, i) => {
        const item = document.createElement("li");
        const bar = document.createElement("meter");
        bar.max = Math.max(1, of);
        bar.value = accepted[i];
        const words = `place ${i + 1}: ${accepted[i]} of ${of}`;
        bar.setAttribute("aria-label", words);
        bar.title = words;
        const label = document.createElement("span");
        label.textContent = `${accepted[i]}/${of}`;
        item.append(bar, label);
        list.append(item);
    });
    return [title, list];
}

export function ms(value) {
    return value >= 10_000 ? tenths.format(value / 1_000) + " s" : (value >= 100 ? whole : tenths).format(value) + " ms";
}

function bytes(value) {
    return value < 10_000 ? whole.format(value) + " B" : tenths.format(value / 1_000) + " kB";
}

function cell(kind, text, scope) {
    const element = document.createElement(kind);
    element.textContent = text;
    if (scope) {
        element.scope = scope;
    }
    return element;
}
