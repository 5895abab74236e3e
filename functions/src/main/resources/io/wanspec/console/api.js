// The API, asked like by any other client: the key in the header Authorization, to this server and nobody else.

const KEY = "wanspec.key";

/** Where the API is: beside this page, wherever a gateway has put it. */
const root = new URL(".", document.baseURI);

let key = stored();

function stored() {
    try {
        return sessionStorage.getItem(KEY) ?? "";
    } catch {
        return "";
    }
}

export function hasKey() {
    return key !== "";
}

/** @param keep whether the tab remembers it; the page does in any case */
export function useKey(value, keep) {
    key = value.trim();
    try {
        if (keep && key) {
            sessionStorage.setItem(KEY, key);
        } else {
            sessionStorage.removeItem(KEY);
        }
    } catch {
        // Storage may be forbidden: then the page alone remembers it.
    }
}

/** What the server refused, or that it could not be reached (status 0). */
export class ApiError extends Error {
    constructor(status, error, retryAfter) {
        super(error.message ?? "The server said nothing more.");
        this.status = status;
        this.code = error.code ?? null;
        this.field = error.param ?? null;
        this.retryAfter = retryAfter;
    }
}

async function send(path, options) {
    const headers = {...options.headers};
    if (key) {
        headers.authorization = "Bearer " + key;
    }
    let response;
    try {
        response = await fetch(new URL(path, root), {...options, headers, cache: "no-store", credentials: "omit", redirect: "error"});
    } catch (e) {
        if (e.name === "AbortError") {
            throw e;
        }
        throw new ApiError(0, {message: "The server cannot be reached. Is it still up?", code: "unreachable"});
    }
    return response;
}

async function refusal(response) {
    const text = await response.text();
    let error = {message: text.slice(0, 500) || response.statusText};
    try {
        error = JSON.parse(text).error ?? error;
    } catch {
        // A gateway's page, perhaps: its text says what there is.
    }
    return new ApiError(response.status, error, response.headers.get("retry-after"));
}

/** A JSON object of the API. Health is told with 503, too: `also` says so. */
export async function json(path, {signal, also = []} = {}) {
    const response = await send(path, {signal});
    if (!response.ok && !also.includes(response.status)) {
        throw await refusal(response);
    }
    return response.json();
}

/** A text of the API. */
export async function text(path, {signal} = {}) {
    const response = await send(path, {signal});
    if (!response.ok) {
        throw await refusal(response);
    }
    return response.text();
}

/**
 * A streamed request. `on.head` is told of the response's headers, `on.line` of each line; a line that breaks off is no line.
 */
export async function stream(path, body, {signal, on}) {
    const response = await send(path, {
        method: "POST", signal, body: JSON.stringify(body), headers: {"content-type": "application/json"}});
    if (!response.ok) {
        throw await refusal(response);
    }
    on.head(response.headers);
    const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
    let rest = "";
    for (;;) {
        let part;
        try {
            part = await reader.read();
        } catch (e) {
            if (e.name === "AbortError") {
                throw e;
            }
            throw new ApiError(0, {message: "The connection broke before the answer's end.", code: "broken"});
        }
        if (part.done) {
            return;
        }
        const lines = (rest + part.value).split("\n");
        rest = lines.pop();
        lines.forEach(on.line);
    }
}

/** The request for a terminal; the key is the reader's own. */
export function curl(path, body) {
    const quoted = JSON.stringify(body, null, 2).replaceAll("'", "'\\''");
    const auth = key ? " -H \"authorization: Bearer $WANSPEC_KEY\"" : "";
    return `curl -N '${new URL(path, root)}' -H 'content-type: application/json'${auth} -d '${quoted}'`;
}
