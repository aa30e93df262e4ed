// A picture and what is said of it. Names and labels come from outside: they are only ever set as text.

const shown = 5;
const percents = new Intl.NumberFormat("en", { style: "percent", minimumFractionDigits: 1, maximumFractionDigits: 1 });
const outcomes = { accepted: "Accepted", uncertain: "Not sure", unknown: "Unknown" };

/** A probability as people read it, never rounded to certainty. */
export function percent(probability) {
    if (probability > 0.9995 && probability < 1) {
        return "> 99.9%";
    }

    return probability > 0 && probability < 0.0005 ? "< 0.1%" : percents.format(probability);
}

export class Card {
    #overlay = null;
    #heatWanted = false;
    #finding = null;
    #collects = false;

    /** @param {File} file */
    constructor(file) {
        this.file = file;
        this.name = file.name;
        this.answer = null;
        this.error = null;
        this.element = document.getElementById("card").content.cloneNode(true).firstElementChild;
        this.original = URL.createObjectURL(file);
        this.#part(".name").textContent = file.name;
        const picture = this.#part(".picture");
        picture.addEventListener("error", () => {
            picture.hidden = true;
            this.#part(".no-picture").hidden = false;
        });
        picture.src = this.original;
        this.waiting("Waiting");
    }

    get settled() {
        return this.answer !== null || this.error !== null;
    }

    get heatWanted() {
        return this.#heatWanted;
    }

    /** @param {{score: () => void, explain: () => void, correct: ?((label: string) => void)}} on What the buttons do; corrections may not be taken. */
    connect({ score, explain, correct }) {
        this.#part(".correction").addEventListener("submit", event => {
            event.preventDefault();
            this.correcting("Sending", false);
            correct(this.#part(".right").value.trim());
        });
        this.#collects = correct !== null;
        this.#part(".again").addEventListener("click", () => {
            this.element.focus();
            score();
        });
        this.#part(".heat").addEventListener("click", () => {
            this.#heatWanted = !this.#heatWanted;
            const asks = this.#heatWanted && this.#overlay === null && this.#finding === null;
            this.#drawHeat();
            if (asks) {
                explain();
            }
        });
    }

    /** @param {string} text What is waited for. */
    waiting(text) {
        this.error = null;
        this.element.dataset.state = "waiting";
        this.#part(".state").textContent = text;
        this.#show({ ".state": true, ".problem": false, ".again": false });
    }

    /** @param {{model: object, result: object}} answer */
    scored(answer) {
        const { label, probability, outcome, set, scores } = answer.result;
        this.answer = answer;
        this.element.dataset.state = outcome;
        this.#part(".answer .label").textContent = label;
        this.#part(".answer .probability").textContent = percent(probability);
        this.#part(".outcome").textContent = outcomes[outcome] ?? outcome;
        this.#part(".set").textContent = set?.length > 1 ? `One of: ${set.join(", ")}` : "";
        const best = Object.entries(scores).sort(([, a], [, b]) => b - a).slice(0, shown);
        this.#part(".top").replaceChildren(...best.map(([name, value]) => bar(name, value)));
        this.#part(".heat").setAttribute("aria-label", `Heat map of ${this.name}`);
        this.#part(".right").setAttribute("aria-label", `Right label of ${this.name} is`);
        this.#part(".correction button").setAttribute("aria-label", `Keep ${this.name} for training`);
        this.#show({ ".state": false, ".answer": true, ".set": set?.length > 1, ".top": true, ".heat": true, ".correction": this.#collects });
    }

    /**
     * @param {string} text What became of the correction.
     * @param {boolean} wrong Whether it was refused.
     */
    correcting(text, wrong) {
        const kept = this.#part(".kept");
        kept.textContent = text;
        kept.classList.toggle("wrong", wrong);
    }

    /**
     * @param {string} error
     * @param {boolean} passing Whether trying again may help.
     */
    failed(error, passing) {
        this.error = error;
        this.element.dataset.state = "failed";
        this.#part(".problem").textContent = error;
        this.#part(".again").setAttribute("aria-label", `Try ${this.name} again`);
        this.#show({ ".state": false, ".problem": true, ".again": passing });
    }

    /** @param {?string} text What the heat map waits for; null once it is not asked for any more. */
    finding(text) {
        this.#finding = text;
        this.#drawHeat();
    }

    /** @param {{label: string, method: string, overlay: string}} explanation With a PNG file in base64. */
    explained({ label, method, overlay }) {
        const bytes = Uint8Array.from(atob(overlay), character => character.charCodeAt(0));
        this.#overlay = { label, method, url: URL.createObjectURL(new Blob([bytes], { type: "image/png" })) };
        this.finding(null);
    }

    /** @param {string} error Why there is no heat map. */
    notExplained(error) {
        const wanted = this.#heatWanted;
        this.#heatWanted = false;
        this.finding(null);
        this.#caption(wanted ? error : "");
    }

    /** Gives back what the browser holds for it. */
    release() {
        URL.revokeObjectURL(this.original);
        if (this.#overlay) {
            URL.revokeObjectURL(this.#overlay.url);
        }
    }

    #drawHeat() {
        const heat = this.#heatWanted ? this.#overlay : null;
        const picture = this.#part(".picture");
        const address = heat?.url ?? this.original;
        if (picture.src !== address) {
            picture.src = address;
        }

        picture.alt = heat ? `Heat map of ${this.name} for ${heat.label}` : "";
        this.#part(".heat").setAttribute("aria-pressed", String(this.#heatWanted));
        this.#caption(heat
            ? `Bright where the evidence for ${heat.label} is strongest (${heat.method})`
            : this.#heatWanted ? this.#finding ?? "" : "");
    }

    #caption(text) {
        const caption = this.#part("figcaption");
        caption.textContent = text;
        caption.hidden = text === "";
    }

    #show(parts) {
        for (const [selector, visible] of Object.entries(parts)) {
            this.#part(selector).hidden = !visible;
        }
    }

    #part(selector) {
        return this.element.querySelector(selector);
    }
}

function bar(label, probability) {
    const item = document.getElementById("bar").content.cloneNode(true).firstElementChild;
    item.querySelector(".label").textContent = label;
    item.querySelector(".probability").textContent = percent(probability);
    item.querySelector("meter").value = probability;
    return item;
}
