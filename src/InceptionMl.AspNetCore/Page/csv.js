// RFC 4180, for spreadsheets: text that one of them would run as a formula gets an apostrophe before it. Some split cells at semicolons
// or tabs instead, and do not take quotes for quotes inside what they split, so that a cell of theirs may begin in the middle of one of ours.

const formula = /(^|[;\t\r\n])(?=["\s]*[=+\-@]|[\t\r])/g;

function cell(value) {
    if (typeof value === "number") {
        return String(value);
    }

    const safe = value.replace(formula, "$1'");
    return /[",;\t\r\n]/.test(safe) ? `"${safe.replaceAll("\"", "\"\"")}"` : safe;
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
