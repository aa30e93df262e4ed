// The contrast of every visible text with what lies behind it (WCAG 2.2, 1.4.3). Answers the texts whose contrast is too low.
() => {
    const channels = color => {
        const [r, g, b, a = 1] = color.match(/[\d.]+/g).map(Number);
        return { r, g, b, a };
    };
    const behind = element => {
        for (let e = element; e; e = e.parentElement) {
            const color = channels(getComputedStyle(e).backgroundColor);
            if (color.a === 1) {
                return color;
            }
            if (color.a !== 0) {
                throw new Error(`half-transparent background of ${e.tagName}`);
            }
        }
        throw new Error("nothing is behind");
    };
    const luminance = ({ r, g, b }) => {
        const [x, y, z] = [r, g, b].map(v => v / 255).map(v => v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4);
        return 0.2126 * x + 0.7152 * y + 0.0722 * z;
    };
    const contrast = (a, b) => {
        const [dark, light] = [luminance(a), luminance(b)].sort((x, y) => x - y);
        return (light + 0.05) / (dark + 0.05);
    };
    const texts = [];
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) {
        const element = walker.currentNode.parentElement;
        if (walker.currentNode.textContent.trim() !== "" && element.checkVisibility()) {
            const ratio = contrast(channels(getComputedStyle(element).color), behind(element));
            texts.push({ text: walker.currentNode.textContent.trim(), ratio });
        }
    }
    return { count: texts.length, low: texts.filter(t => t.ratio < 4.5).map(t => `${t.text}: ${t.ratio.toFixed(2)}`) };
}
