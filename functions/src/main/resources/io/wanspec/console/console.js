// The page: starts requests, shows them while they run and afterwards, and what else the API tells.

import * as api from "./api.js";
import {Answer} from "./answer.js";
import * as ledger from "./ledger.js";
import * as places from "./places.js";
import {Recents} from "./recents.js";
import {BadField, RequestForm} from "./request.js";

const LOOK_AGAIN_MS = 15_000;
const DRAWN_EACH_MS = 150;
const ENDS_LOOKED_FOR = 8;
const END_AFTER_MS = 250;
const BASELINES = ["colocated", "target-only"];

const at = id => document.getElementById(id);
const form = new RequestForm(at("request"));
const answer = new Answer(at("answer"), at("token"), at("legend"));
const recents = new Recents(at("recents"), session => attempt(() => openSession(session)));
const count = new Intl.NumberFormat("en", {maximumFractionDigits: 1});

let model = "";
let running = null;
let picture = null;
/** The request that is shown, and the same in other modes. */
let runs = [];
let shown = null;
/** Counts the keys: what was begun with another one is not shown any more. */
let keys = 0;

// What is drawn

function state(name, words) {
    at("state").dataset.state = name;
    at("state").textContent = words;
}

function busy(controller) {
    running = controller;
    at("run").disabled = controller !== null;
    at("stop-button").disabled = controller === null;
    at("compare").disabled = controller !== null || missing().length === 0;
}

function problem(error) {
    const box = at("problem");
    if (!error) {
        box.hidden = true;
        box.replaceChildren();
        return;
    }
    const title = document.createElement("strong");
    title.textContent = error.status ? `${error.status} ${error.code ?? ""}` : error.code ?? "Not sent";
    const words = document.createElement("p");
    words.textContent = error.message + (error.retryAfter ? ` (Try again in ${error.retryAfter} s.)` : "");
    const close = document.createElement("button");
    close.type = "button";
    close.className = "quiet";
    close.textContent = "Close";
    close.addEventListener("click", () => problem(null));
    box.replaceChildren(title, words, close);
    box.hidden = false;
}

/** Tells what went wrong, beside the field that it is about if there is one. */
function tell(error) {
    if (error.status === 401) {
        openKey(true);
    }
    const field = error.field ? form.show(error.field, error.message) : null;
    if (error instanceof BadField) {
        problem(null);
    } else {
        problem(error);
    }
    field?.focus();
}

async function attempt(action) {
    try {
        await action();
    } catch (error) {
        if (error.name !== "AbortError") {
            tell(error);
        }
    }
}

function draw(events) {
    if (events.length === 0) {
        return;
    }
    if (picture === null) {
        at("timeline").replaceChildren();
        picture = WanSpecTimeline.render(at("timeline"), events);
    } else {
        picture.update(events);
    }
}

function clearPicture() {
    picture?.remove();
    picture = null;
    at("timeline").replaceChildren();
}

function tiles(run) {
    const passes = run.events.filter(event => event.type === "pass");
    const tokens = passes.reduce((sum, pass) => sum + pass.tokens.length, 0);
    const first = passes[0]?.t;
    const last = run.events.at(-1)?.t ?? 0;
    const stalled = run.events.filter(event => event.type === "stall").reduce((sum, stall) => sum + stall.t - stall.from, 0);
    const busy = run.events.reduce((sum, event) =>
        sum + (event.type === "frame" && event.place === "busy" && event.direction === "in" ? event.passes ?? 0 : 0), 0);
    const facts = [
        ["tokens", tokens],
        ["tokens a second", passes.length > 1 ? count.format((tokens - passes[0].tokens.length) / Math.max(1, passes.at(-1).t - first) * 1000) : "–"],
        ["tokens a target pass", passes.length ? count.format(tokens / passes.length) : "–"],
        ["busy-region draft passes", run.ledger?.busyDraftPasses ?? busy],
        ["first token", first === undefined ? "–" : ledger.ms(first)],
        ["stalled", ledger.ms(run.ledger?.stallMs ?? stalled)],
        ["time", ledger.ms(run.ledger?.totalMs ?? last)],
    ];
    at("live").hidden = false;
    at("live").replaceChildren(...facts.map(([words, value]) => {
        const box = document.createElement("div");
        const dt = document.createElement("dt");
        dt.textContent = words;
        const dd = document.createElement("dd");
        dd.textContent = value;
        box.append(dt, dd);
        return box;
    }));
}

function drawLedger() {
    ledger.draw(at("ledger"), runs, prices());
}

/** Draws what has come, a few times a second however much comes. */
class Painter {
    #timer = null;
    #paint;

    constructor(paint) {
        this.#paint = paint;
    }

    soon() {
        this.#timer ??= setTimeout(() => this.now(), DRAWN_EACH_MS);
    }

    now() {
        this.stop();
        this.#paint();
    }

    stop() {
        clearTimeout(this.#timer);
        this.#timer = null;
    }
}

// What is asked

/** One streamed request, told to `on` as it comes. */
async function send(path, body, signal, on) {
    const run = {mode: body.wanspec.mode, session: null, events: [], text: "", ledger: null, seed: null, keys};
    await api.stream(path, body, {signal, on: {
        head: headers => {
            run.session = headers.get("x-wanspec-session");
            on.head?.(run);
        },
        line: line => {
            const event = WanSpecTimeline.parseStream(line);
            if (event) {
                // Of several texts (n) the first is shown.
                if (!event.choice) {
                    run.events.push(event);
                    on.event?.(run, event);
                }
            } else if (line.startsWith("data: ") && !line.startsWith("data: [DONE]")) {
                chunk(run, JSON.parse(line.slice(6)), on);
            }
        },
    }});
    if (run.ledger === null) {
        throw new api.ApiError(0, {message: "The connection broke before the answer's end.", code: "broken"});
    }
    return run;
}

function chunk(run, data, on) {
    if (data.error) {
        throw new api.ApiError(0, {...data.error, code: data.error.code ?? "failed"});
    }
    const choice = data.choices?.find(choice => choice.index === 0);
    const text = choice?.delta?.content ?? choice?.text ?? "";
    if (text) {
        run.text += text;
        on.text?.(run, text);
    }
    if (data.wanspec && (choice || !data.choices?.length)) {
        run.ledger = data.wanspec.ledger;
        run.seed = data.wanspec.seed;
    }
}

async function run() {
    if (running) {
        return;
    }
    problem(null);
    form.clearAll();
    const controller = new AbortController();
    busy(controller);
    try {
        await findModel(controller.signal);
        await show(form.path, form.body(model), at("prompt").value, controller.signal);
    } finally {
        busy(null);
        lookAtPlaces();
    }
}

async function show(path, body, prompt, signal) {
    const own = keys;
    begin();
    const begun = {run: null, prompt: 0};
    const painter = new Painter(() => {
        if (begun.run) {
            draw(begun.run.events);
            tiles(begun.run);
        }
    });
    try {
        await send(path, body, signal, {
            head: run => {
                begun.run = run;
                remember(run, prompt, "running");
            },
            event: (run, event) => {
                take(event, begun);
                painter.soon();
            },
            text: (run, text) => answer.more(text),
        });
        finished(begun.run, path, body, prompt);
    } catch (error) {
        if (own !== keys) {
            throw error;
        }
        await broken(error, begun.run, prompt);
    } finally {
        if (own === keys) {
            painter.now();
            answer.end(begun.run?.events.findLast(event => event.type === "end")?.dropped);
        }
        painter.stop();
    }
}

function begin() {
    answer.clear();
    clearPicture();
    runs = [];
    shown = null;
    at("live").hidden = true;
    at("ledger").replaceChildren(empty("It comes with the answer's end."));
    at("timeline").replaceChildren(empty("Waiting for the first event…"));
    answer.busy(true);
    state("running", "Running");
}

function take(event, begun) {
    if (event.type === "begin") {
        begun.prompt = event.prompt_tokens ?? 0;
    } else if (event.type === "pass") {
        answer.pass(event, begun.prompt);
    } else if (event.type === "note") {
        state("running", `Running (${event.detail ?? event.code})`);
    }
}

function finished(run, path, body, prompt) {
    const reason = run.events.findLast(event => event.type === "end")?.finish_reason;
    state("finished", `Finished${reason === "length" ? " at its limit" : ""}: ${run.ledger.tokens} tokens in ${ledger.ms(run.ledger.totalMs)}`);
    remember(run, prompt, "finished");
    runs = [run];
    shown = {path, body: {...body, seed: run.seed}};
    drawLedger();
}

/** Stopped, or failed: what had come by then stays, with what the server still knows of it. */
async function broken(error, run, prompt) {
    const stopped = error.name === "AbortError";
    state(stopped ? "stopped" : "failed", stopped ? "Stopped" : "Failed");
    at("ledger").replaceChildren(empty("A request that did not finish has no ledger, unless the server still has its timeline."));
    if (!stopped) {
        tell(error);
    }
    if (!run) {
        at("timeline").replaceChildren(empty("Nothing was begun."));
        return;
    }
    answer.busy(false);
    remember(run, prompt, stopped ? "stopped" : "failed");
    await findEnd(run);
    if (run.ledger && run.keys === keys) {
        runs = [run];
        drawLedger();
    }
}

/** The end of a session whose stream broke off, from the server's memory, if it is there and soon. */
async function findEnd(run) {
    for (let i = 0; i < ENDS_LOOKED_FOR && run.session; i++) {
        await new Promise(done => setTimeout(done, END_AFTER_MS));
        if (run.keys !== keys) {
            return;
        }
        const log = await api.text(timelineOf(run.session)).catch(() => null);
        const events = log === null ? [] : WanSpecTimeline.parse(log);
        const end = events.findLast(event => event.type === "end");
        if (end || log === null) {
            run.events = end ? events : run.events;
            run.ledger = end?.ledger ?? null;
            return;
        }
    }
}

function timelineOf(session) {
    return `v1/wanspec/sessions/${encodeURIComponent(session)}/timeline`;
}

function empty(words) {
    const p = document.createElement("p");
    p.className = "empty";
    p.textContent = words;
    return p;
}

function remember(run, prompt, how) {
    if (run.session && run.keys === keys) {
        recents.put({id: run.session, mode: run.mode, prompt, state: how, tokens: run.ledger?.tokens ?? 0, at: Date.now()});
    }
}

/** The same request with the same seed, as the baselines: so that savings are measured, not estimated. */
async function compare() {
    if (running) {
        return;
    }
    problem(null);
    const controller = new AbortController();
    const {path, body} = shown;
    const own = keys;
    const before = at("state").textContent;
    busy(controller);
    try {
        for (const mode of missing()) {
            state("running", `Running the same as ${mode}`);
            const run = await send(path, asBaseline(body, mode), controller.signal, {});
            if (own !== keys) {
                return;
            }
            runs.push(run);
            drawLedger();
        }
        state("finished", before);
    } catch (error) {
        if (own === keys) {
            state("finished", before);
        }
        if (error.name !== "AbortError") {
            throw error;
        }
    } finally {
        busy(null);
    }
}

/** The baselines that the request which is shown was not run as yet. */
function missing() {
    return shown ? BASELINES.filter(mode => !runs.some(run => run.mode === mode)) : [];
}

/** How to draft is WANSpec's; the text is the same. */
function asBaseline(body, mode) {
    return {...body, wanspec: {mode, timeline: "events"}};
}

/** A session that has ended, or runs elsewhere: its log, and its ledger where the server keeps one. */
async function openSession(id) {
    if (running) {
        return;
    }
    problem(null);
    const own = keys;
    const path = "v1/wanspec/sessions/" + encodeURIComponent(id);
    const [log, record] = await Promise.allSettled([api.text(timelineOf(id)), api.json(path)]);
    if (own !== keys) {
        return;
    }
    if (log.status === "rejected" && record.status === "rejected") {
        throw log.reason;
    }
    const events = log.status === "fulfilled" ? WanSpecTimeline.parse(log.value) : [];
    const begin = events.find(event => event.type === "begin");
    const end = events.findLast(event => event.type === "end");
    const run = {
        mode: begin?.mode ?? record.value?.mode, session: id, events, text: "",
        ledger: end?.ledger ?? record.value?.ledger ?? null, seed: null,
    };
    clearPicture();
    answer.clear();
    const begun = {prompt: 0};
    events.forEach(event => take(event, begun));
    answer.endOfTokens();
    shown = null;
    runs = run.ledger ? [run] : [];
    at("ledger").replaceChildren(empty("There is no ledger of this session: it has not ended, or was stopped."));
    at("timeline").replaceChildren(empty("There is no timeline of this session any more."));
    drawLedger();
    draw(events);
    tiles(run);
    const how = end?.failure ? `failed: ${end.failure}` : record.value?.status ?? end?.finish_reason ?? "not ended";
    state("finished", `Session ${id}: ${how}`);
    busy(null);
    at("answer-title").focus();
}

async function findModel(signal) {
    if (!model) {
        model = (await api.json("v1/models", {signal})).data[0].id;
    }
}

// Beside the request

async function lookAtPlaces() {
    try {
        const found = await places.ask();
        places.draw(at("places"), found);
        offerPrice(found.placement);
        const {health} = found;
        const up = health.drafts.filter(draft => draft.state === "agreed").length;
        at("service").dataset.status = health.status;
        at("service").textContent = `${health.target.model ?? "no model"} · ${health.target.region} · ${health.status}, ${up} of ${health.drafts.length} drafts`;
    } catch (error) {
        // Behind a gateway this, too, is told to whoever shows a key.
        const keyed = error.status === 401;
        at("service").dataset.status = keyed ? "" : "unavailable";
        at("service").textContent = keyed ? "Asks for a key first" : "The server does not answer";
        at("places").replaceChildren(empty(error.message));
    }
}

/** What the server's settings say that the place costs which drafts; the reader may know better. */
function offerPrice(placement) {
    const price = placement?.places.find(place => place.id === placement.chosen)?.usd_per_hour;
    if (price !== undefined && at("price-remote").value === "") {
        at("price-remote").value = String(price);
    }
}

function prices() {
    const price = id => {
        const written = at(id).value.trim();
        return written === "" ? NaN : Number(written);
    };
    return {target: price("price-target"), busy: price("price-busy"), remote: price("price-remote")};
}

function openKey(needed = false) {
    at("key-panel").hidden = false;
    at("key-button").setAttribute("aria-expanded", "true");
    if (needed) {
        at("key").focus();
    }
}

/** What another key may see is not this one's. */
function useKey(key, keep) {
    keys++;
    api.useKey(key, keep);
    at("key").value = "";
    model = "";
    running?.abort();
    forget();
    problem(null);
    closeKey();
    lookAtPlaces();
}

function forget() {
    recents.clear();
    runs = [];
    shown = null;
    answer.clear();
    answer.busy(false);
    clearPicture();
    at("live").hidden = true;
    at("ledger").replaceChildren(empty("Nothing has run with this key yet."));
    at("timeline").replaceChildren(empty("Nothing has run with this key yet."));
    state("idle", "Nothing has run yet");
    busy(running);
}

function closeKey() {
    at("key-panel").hidden = true;
    at("key-button").setAttribute("aria-expanded", "false");
    at("key-button").textContent = api.hasKey() ? "Key ✓" : "Key";
}

function theme() {
    const order = ["system", "light", "dark"];
    const now = document.documentElement.dataset.theme ?? "system";
    const next = order[(order.indexOf(now) + 1) % order.length];
    if (next === "system") {
        delete document.documentElement.dataset.theme;
    } else {
        document.documentElement.dataset.theme = next;
    }
    try {
        localStorage.setItem("wanspec.theme", next);
    } catch {
        // Storage may be forbidden: then it lasts as long as the page.
    }
    nameTheme();
}

function nameTheme() {
    at("theme-button").textContent = "Theme: " + (document.documentElement.dataset.theme ?? "system");
}

async function copyCurl() {
    await findModel();
    const command = api.curl(form.path, form.body(model));
    if (!navigator.clipboard) {
        // Browsers have none where the page came unencrypted from elsewhere.
        problem({code: "Copy it from here", message: command});
        return;
    }
    await navigator.clipboard.writeText(command);
    at("curl").textContent = "Copied";
    setTimeout(() => {
        at("curl").textContent = "Copy as curl";
    }, 2_000);
}

// What is clicked

at("request").addEventListener("submit", e => {
    e.preventDefault();
    attempt(run);
});
at("stop-button").addEventListener("click", () => running?.abort());
at("compare").addEventListener("click", () => attempt(compare));
at("curl").addEventListener("click", () => attempt(copyCurl));
at("theme-button").addEventListener("click", theme);
at("places-refresh").addEventListener("click", lookAtPlaces);
at("prices").addEventListener("input", drawLedger);
at("open").addEventListener("submit", e => {
    e.preventDefault();
    const id = at("session").value.trim();
    if (id) {
        attempt(() => openSession(id));
    }
});
at("key-button").addEventListener("click", () => at("key-panel").hidden ? openKey(true) : closeKey());
at("key-panel").addEventListener("submit", e => {
    e.preventDefault();
    useKey(at("key").value, at("key-keep").checked);
});
at("key-forget").addEventListener("click", () => useKey("", false));
document.addEventListener("keydown", e => {
    if (e.key === "Enter" && (e.ctrlKey || e.metaKey)) {
        e.preventDefault();
        attempt(run);
    } else if (e.key === "Escape") {
        running?.abort();
    }
});

nameTheme();
closeKey();
lookAtPlaces();
setInterval(() => {
    if (!document.hidden && !running) {
        lookAtPlaces();
    }
}, LOOK_AGAIN_MS);
