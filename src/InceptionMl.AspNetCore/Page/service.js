// The scoring service as the page asks it: one picture a request, busy answers waited out, everything else a sentence.

const mostAttempts = 8;
const mostWaitSeconds = 30;
const answerTimeout = 120_000;

/** A sentence for whoever sent the picture. */
export class Refusal extends Error {
    /**
     * @param {string} message
     * @param {boolean} passing Whether the same picture may be taken another time.
     */
    constructor(message, passing) {
        super(message);
        this.passing = passing;
    }
}

export class Service {
    #key = null;
    #asking = null;
    #askForKey;
    #settings;

    /** @param {(refused: boolean) => Promise<string>} askForKey Asks the person for a key; told whether the last one was refused. */
    constructor(askForKey) {
        this.#askForKey = askForKey;
    }

    /** What the service tells of itself; asked for once it can be reached. */
    async settings() {
        if (!this.#settings) {
            const response = await this.#fetch("page/settings.json", {}, new AbortController().signal);
            if (!response.ok) {
                throw refusalOf(response);
            }

            this.#settings = JSON.parse(response.text);
        }

        return this.#settings;
    }

    /** Asks for the key before any picture is sent. */
    async prepareKey() {
        this.#key ??= await this.#nextKey(false);
    }

    /**
     * Scores one picture.
     * @param {File} file
     * @param {{explain: boolean, signal: AbortSignal, onWait: (seconds: number) => void}} request
     * @returns {Promise<{model: {name: string, version: string}, result: object}>}
     */
    async score(file, { explain, signal, onWait }) {
        const settings = await this.settings();
        if (file.size > settings.maxImageBytes) {
            throw new Refusal(`The file is larger than the ${megabytes(settings.maxImageBytes)} that this service takes: save it smaller.`, false);
        }

        await readable(file);
        const address = explain ? `${settings.score}?explain=true` : settings.score;
        for (let attempt = 1; ; attempt++) {
            const key = this.#key;
            const response = await this.#fetch(address, request(file, key), signal);
            if (response.status === 401) {
                await this.#replace(key);
            } else if ((response.status === 503 || response.status === 429) && attempt < mostAttempts) {
                const seconds = waitOf(response);
                onWait(seconds);
                await pause(seconds, signal);
            } else if (response.ok) {
                return answerOf(JSON.parse(response.text));
            } else {
                throw refusalOf(response);
            }
        }
    }

    /** What the model can tell apart and how good it is. */
    async model() {
        const response = await this.#fetch("page/model.json", { headers: this.#headers() }, new AbortController().signal);
        if (!response.ok) {
            throw refusalOf(response);
        }

        return JSON.parse(response.text);
    }

    /**
     * Keeps a picture under the label that a person says is right.
     * @param {File} file
     * @param {string} label
     * @param {AbortSignal} signal
     * @returns {Promise<{label: string, file: string}>}
     */
    async correct(file, label, signal) {
        await readable(file);
        const headers = { ...this.#headers(), "Content-Type": "application/octet-stream" };
        const response = await this.#fetch(`page/corrections?label=${encodeURIComponent(label)}`, { method: "POST", body: file, headers }, signal);
        if (!response.ok) {
            throw refusalOf(response);
        }

        return JSON.parse(response.text);
    }

    #headers() {
        return this.#key === null ? {} : { "X-Api-Key": this.#key };
    }

    async #fetch(address, init, signal) {
        const limit = AbortSignal.timeout(answerTimeout);
        try {
            const response = await fetch(address, { ...init, signal: AbortSignal.any([signal, limit]) });
            return { status: response.status, ok: response.ok, retryAfter: response.headers.get("Retry-After"), text: await response.text() };
        } catch (error) {
            signal.throwIfAborted();
            if (limit.aborted) {
                throw new Refusal(`The service did not answer within ${answerTimeout / 60_000} minutes.`, true);
            }

            throw new Refusal(navigator.onLine ? "The service cannot be reached." : "You are offline.", true);
        }
    }

    // Several pictures may be refused at once; one question is asked for all of them.
    async #replace(refused) {
        if (this.#key === refused) {
            this.#key = await this.#nextKey(refused !== null);
        }
    }

    #nextKey(refused) {
        this.#asking ??= this.#askForKey(refused).finally(() => this.#asking = null);
        return this.#asking;
    }
}

/** A size as people say it. */
export function megabytes(bytes) {
    return `${new Intl.NumberFormat("en", { maximumFractionDigits: 1 }).format(bytes / 1e6)}\u00A0MB`;
}

function request(file, key) {
    const body = new FormData();
    body.append("image", file, file.name);
    return { method: "POST", body, headers: key === null ? {} : { "X-Api-Key": key } };
}

// A folder that was dropped, or a file that has gone since, would look like a lost connection.
async function readable(file) {
    try {
        await file.slice(0, 1).arrayBuffer();
    } catch {
        throw new Refusal("The file cannot be read: choose files, not folders, and files that are still there.", false);
    }
}

function answerOf(answer) {
    const [result] = answer.results;
    if (result.error !== undefined) {
        throw new Refusal(`${result.name} ${result.error}.`, false);
    }

    return { model: answer.model, result };
}

function refusalOf(response) {
    const passing = response.status >= 500 || response.status === 408 || response.status === 429;
    try {
        const problem = JSON.parse(response.text);
        if (typeof problem.detail === "string") {
            return new Refusal(problem.detail, passing);
        }
    } catch {
        // Not the service itself answered, but something before it.
    }

    return new Refusal(response.status === 413
        ? "The file is larger than what stands before this service lets through: save it smaller."
        : `The service answered with status ${response.status}.`, passing);
}

function waitOf({ retryAfter }) {
    const asked = Number(retryAfter ?? "2");
    return Number.isFinite(asked) ? Math.min(Math.max(asked, 0), mostWaitSeconds) : 2;
}

// A little longer than asked, and not all at the same moment.
function pause(seconds, signal) {
    return new Promise((resolve, reject) => {
        const timer = setTimeout(resolve, seconds * 1000 * (1 + Math.random() / 4));
        signal.addEventListener("abort", () => {
            clearTimeout(timer);
            reject(signal.reason);
        }, { once: true });
    });
}
