// Where the target is, who drafts for it, and how each of them is: of /healthz and /v1/wanspec/placement.

import {json} from "./api.js";

const STATES = {agreed: "up", pending: "not answering", refused: "refused"};

/** Both at once; who may draft is told only to a key that may make text. */
export async function ask(signal) {
    const [health, placement] = await Promise.allSettled([
        json("healthz", {signal, also: [503]}), json("v1/wanspec/placement", {signal})]);
    if (health.status === "rejected") {
        throw health.reason;
    }
    return {health: health.value, placement: placement.value ?? null, why: placement.reason ?? null};
}

export function draw(element, {health, placement, why}) {
    const table = document.createElement("table");
    table.className = "places";
    const caption = document.createElement("caption");
    caption.className = "sr";
    caption.textContent = "The target and the draft workers, with what is measured of each";
    table.append(caption);
    const head = table.createTHead().insertRow();
    for (const words of ["Where", "Part", "Health", "Round trip", "A pass", "Expected", "Failing", "Price"]) {
        const th = document.createElement("th");
        th.scope = "col";
        th.textContent = words;
        head.append(th);
    }
    const body = table.createTBody();
    body.append(row(target(health, placement)));
    const known = new Map((placement?.places ?? []).map(place => [place.id, place]));
    const drafts = health.drafts.map(draft => worker(draft, known.get(draft.id)));
    // Those that joined by themselves are no settings of the server.
    const joined = [...known.values()].filter(place => !health.drafts.some(draft => draft.id === place.id));
    for (const one of [...drafts, ...joined.map(place => worker(null, place))]) {
        body.append(row(one));
        if (one.why) {
            body.append(reason(one.why));
        }
    }
    const parts = [table];
    const load = document.createElement("p");
    load.className = "note";
    load.textContent = `${health.sessions} session${health.sessions === 1 ? "" : "s"} running in this process`
        + (why ? `. What is measured of the places is not told: ${why.message}` : "");
    parts.push(load);
    element.replaceChildren(...parts);
}

function target(health, placement) {
    return {
        name: health.target.model ?? health.target.endpoint, region: health.target.region, part: "target", state: health.target,
        pass: placement?.target.pass_ms,
    };
}

function worker(draft, place) {
    const beside = draft?.place === "busy-region";
    return {
        name: draft?.id ?? place.id,
        region: draft?.site ? `${draft.region}, on site (${draft.site})` : draft?.region ?? place.region,
        part: beside ? "drafts beside the target" : place?.part ?? "drafts",
        state: draft, trip: place?.round_trip_ms, jitter: place?.jitter_ms, pass: place?.pass_ms,
        expected: place?.expected_ms_per_token, failing: place?.failing, price: place?.usd_per_hour, why: place?.why,
    };
}

function row(of) {
    const tr = document.createElement("tr");
    const name = document.createElement("th");
    name.scope = "row";
    name.textContent = of.name;
    const region = document.createElement("small");
    region.textContent = of.region;
    name.append(region);
    tr.append(name);
    add(tr, "Part", of.part);
    tr.append(health(of.state));
    add(tr, "Round trip", ms(of.trip, of.jitter === undefined ? "" : ` ± ${ms(of.jitter)}`));
    add(tr, "A pass", ms(of.pass > 0 ? of.pass : undefined));
    add(tr, "Expected", of.expected === undefined ? undefined : `${ms(of.expected)} a token`);
    add(tr, "Failing", of.failing === undefined ? undefined : `${Math.round(100 * of.failing)} %`);
    add(tr, "Price", of.price === undefined ? undefined : `$${of.price} an hour`);
    return tr;
}

function health(state) {
    const td = document.createElement("td");
    td.dataset.label = "Health";
    const chip = document.createElement("span");
    chip.className = "chip " + (state?.state ?? "unknown");
    chip.textContent = state ? STATES[state.state] ?? state.state : "joined";
    td.append(chip);
    if (state?.since) {
        td.title = `${state.reason ?? "so"} since ${state.since}`;
    }
    if (state?.reason) {
        const why = document.createElement("small");
        why.textContent = state.reason;
        td.append(why);
    }
    return td;
}

function reason(words) {
    const tr = document.createElement("tr");
    tr.className = "why";
    const td = document.createElement("td");
    td.colSpan = 8;
    td.textContent = words;
    tr.append(td);
    return tr;
}

function add(tr, label, text) {
    const td = document.createElement("td");
    td.dataset.label = label;
    td.textContent = text ?? "–";
    td.classList.toggle("nothing", text === undefined);
    tr.append(td);
}

function ms(value, more = "") {
    return value === undefined ? undefined : `${value} ms${more}`;
}
