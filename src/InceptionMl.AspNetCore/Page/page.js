import { prepareCamera } from "./camera.js";
import { Card, percent } from "./card.js";
import { csvOf } from "./csv.js";
import { Refusal, Service, megabytes } from "./service.js";
import { Turns } from "./turns.js";

const atOnce = 3;

const part = id => document.getElementById(id);
const service = new Service(askForKey);
const turns = new Turns(atOnce);
const failedForNow = new Set();
let cards = [];
let collects = false;
let told = null;
let unsettled = 0;
let ending = new AbortController();

// Adding pictures

function add(files) {
    const added = [...files].map(file => new Card(file));
    if (added.length === 0) {
        return;
    }

    cards.push(...added);
    part("cards").append(...added.map(card => card.element));
    part("results").hidden = false;
    for (const card of added) {
        card.connect({ score: () => score(card), explain: () => explain(card), correct: collects ? label => correct(card, label) : null });
        score(card);
    }

    say(`Scoring ${pictures(added.length)}.`);
}

async function score(card) {
    const { signal } = ending;
    card.waiting("Waiting");
    failedForNow.delete(card);
    unsettled++;
    showProgress();
    try {
        const answer = await turns.take(() => {
            signal.throwIfAborted();
            card.waiting("Scoring");
            return service.score(card.file, { explain: false, signal, onWait: seconds => card.waiting(busy(seconds)) });
        });
        card.scored(answer);
        showModel(answer.model);
    } catch (error) {
        if (signal.aborted) {
            return;
        }

        const refusal = asRefusal(error);
        card.failed(refusal.message, refusal.passing);
        if (refusal.passing) {
            failedForNow.add(card);
        }
    }

    unsettled--;
    showProgress();
    if (unsettled === 0) {
        say(summary());
    }
}

function retry() {
    const again = [...failedForNow];

    // The button is about to go, and the focus would go with it.
    part("results-heading").focus();
    again.forEach(card => score(card));
    say(`Scoring ${pictures(again.length)} again.`);
}

async function explain(card) {
    const { signal } = ending;
    card.finding("Waiting");
    try {
        const answer = await turns.take(() => {
            signal.throwIfAborted();
            if (!card.heatWanted) {
                return null;
            }

            card.finding("Finding the evidence");
            return service.score(card.file, { explain: true, signal, onWait: seconds => card.finding(busy(seconds)) });
        });
        if (answer === null) {
            card.finding(null);
            return;
        }

        card.explained(answer.result.explanation);
        tellHeat(card, `Heat map of ${card.name} shown.`);
    } catch (error) {
        if (!signal.aborted) {
            const { message } = asRefusal(error);
            tellHeat(card, `${card.name}: ${message}`);
            card.notExplained(message);
        }
    }
}

async function correct(card, label) {
    const { signal } = ending;
    try {
        const kept = await turns.take(() => service.correct(card.file, label, signal));
        card.correcting(`Kept as ${kept.label}.`, false);
    } catch (error) {
        if (!signal.aborted) {
            card.correcting(asRefusal(error).message, true);
        }
    }
}

function tellHeat(card, text) {
    if (card.heatWanted) {
        announce(text);
    }
}

// What is not ours to explain is a fault of this page, and belongs in the browser's log as well.
function asRefusal(error) {
    if (error instanceof Refusal) {
        return error;
    }

    console.error(error);
    return new Refusal("The answer could not be understood.", true);
}

// Telling how far it is

function say(text) {
    part("status").textContent = text;
}

function announce(text) {
    part("announcement").textContent = text;
}

function showProgress() {
    const settled = cards.length - unsettled;
    part("progress").max = Math.max(cards.length, 1);
    part("progress").value = settled;
    part("progress").hidden = unsettled === 0;
    part("export").disabled = settled === 0;
    part("retry").hidden = failedForNow.size === 0;
}

function showModel({ name, version }) {
    part("model-name").textContent = name;
    part("model-version").textContent = version;
    part("model").hidden = false;
    if (told !== version) {
        told = version;
        showAbout();
    }
}

// What it can tell apart, and how good it is. A page that cannot be told goes on without.
async function showAbout() {
    try {
        const { labels, testImages, test } = await service.model();
        const right = typeof test.accuracy === "number" ? `, right for ${percent(test.accuracy)} of ${testImages ?? "its"} test images` : "";
        part("about-summary").textContent = `Tells ${labels.length} labels apart${right}`;
        part("about-labels").replaceChildren(...labels.map(label => textOf("li", label)));
        part("labels").replaceChildren(...labels.map(label => Object.assign(document.createElement("option"), { value: label })));
        part("about").hidden = false;
    } catch (error) {
        told = null;
        asRefusal(error);
    }
}

function textOf(element, text) {
    const made = document.createElement(element);
    made.textContent = text;
    return made;
}

function summary() {
    const scored = cards.filter(c => c.answer !== null);
    const unsure = scored.filter(c => c.answer.result.outcome !== "accepted").length;
    const failed = cards.length - scored.length;
    const said = [`${pictures(scored.length)} scored`];
    if (unsure > 0) {
        said.push(`not sure of ${unsure}`);
    }

    if (failed > 0) {
        said.push(`${failed} could not be scored`);
    }

    return `${said.join(", ")}.`;
}

function pictures(count) {
    return count === 1 ? "1 picture" : `${count} pictures`;
}

function busy(seconds) {
    return `The service is busy, trying again in ${seconds} s`;
}

// The key

function askForKey(refused) {
    const form = part("key-form");
    part("key-refused").textContent = refused ? "That key was not accepted." : "";
    form.hidden = false;
    part("key").focus();
    return new Promise(resolve => form.addEventListener("submit", event => {
        event.preventDefault();
        form.hidden = true;
        const key = part("key").value.trim();
        part("key").value = "";
        part("files").focus();
        resolve(key);
    }, { once: true }));
}

// Taking results away

function save() {
    const settled = cards.filter(c => c.settled);

    // Spreadsheets take a file without the mark for one of their own code page.
    const file = new Blob(["\uFEFF", csvOf(settled)], { type: "text/csv;charset=utf-8" });
    const link = document.createElement("a");
    link.href = URL.createObjectURL(file);
    link.download = "scores.csv";
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
    announce(`Saved ${settled.length === 1 ? "1 result" : `${settled.length} results`} as ${link.download}.`);
}

function clear() {
    ending.abort();
    ending = new AbortController();
    cards.forEach(card => card.release());
    cards = [];
    unsettled = 0;
    failedForNow.clear();
    part("cards").replaceChildren();
    part("results").hidden = true;
    part("files").focus();
    say("");
    announce("Cleared.");
}

// The controls

for (const input of [part("files"), part("shot")]) {
    input.addEventListener("change", () => {
        add(input.files);

        // So that the same picture can be chosen again.
        input.value = "";
    });
}

document.addEventListener("dragover", event => {
    if (event.dataTransfer.types.includes("Files")) {
        event.preventDefault();
        part("zone").classList.add("over");
    }
});
document.addEventListener("dragleave", event => {
    if (event.relatedTarget === null) {
        part("zone").classList.remove("over");
    }
});
document.addEventListener("drop", event => {
    event.preventDefault();
    part("zone").classList.remove("over");
    add(event.dataTransfer.files);
});
document.addEventListener("paste", event => add(event.clipboardData.files));
part("retry").addEventListener("click", retry);
part("export").addEventListener("click", save);
part("clear").addEventListener("click", clear);
prepareCamera(part("camera-dialog"), picture => add([picture]));

try {
    const settings = await service.settings();
    collects = settings.collects;
    part("limits").append(`, up to ${megabytes(settings.maxImageBytes)} each`);
    if (settings.model) {
        showModel(settings.model);
    }

    if (settings.asksForKey) {
        await service.prepareKey();
    }
} catch (error) {
    say(asRefusal(error).message);
}
