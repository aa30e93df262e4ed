// RFC 4180, for spreadsheets: a cell that one of them would run as a formula begins with an apostrophe instead.

const formula = /^[=+\-@\t\r]/;

function cell(value) {
    const text = typeof value === "number" ? String(value) : value;
    const safe = typeof value !== "number" && formula.test(text) ? `'${text}` : text;
    return /[",\r\n]/.test(safe) ? `"${safe.replaceAll("\"", "\"\"")}"` : safe;
}

/**
 * A header, and a row for each picture that has an answer or an error.
 * @param {{name: string, error?: string, answer?: {model: {name: string, version: string}, result: object}}[]} pictures
 */
export function csvOf(pictures) {
    const labels = [...new Set(pictures.flatMap(p => Object.keys(p.answer?.result.scores ?? {})))];
    const rows = pictures.map(({ name, error, answer }) => [
        name,
        answer?.result.label ?? "",
        answer?.result.probability ?? "",
        answer?.result.outcome ?? "",
        error ?? "",
        answer?.model.name ?? "",
        answer?.model.version ?? "",
        ...labels.map(label => answer?.result.scores[label] ?? ""),
    ]);
    const header = ["file", "label", "probability", "outcome", "error", "model", "version", ...labels];
    return [header, ...rows].map(row => `${row.map(cell).join(",")}\r\n`).join("");
}
