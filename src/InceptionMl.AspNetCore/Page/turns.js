/** Lets so many pieces of work run at once; the others wait in the order they came. */
export class Turns {
    #free;
    #waiting = [];

    /** @param {number} count */
    constructor(count) {
        this.#free = count;
    }

    /**
     * @template T
     * @param {() => Promise<T>} work
     * @returns {Promise<T>}
     */
    async take(work) {
        if (this.#free > 0) {
            this.#free--;
        } else {
            await new Promise(resolve => this.#waiting.push(resolve));
        }

        try {
            return await work();
        } finally {
            const next = this.#waiting.shift();
            if (next) {
                next();
            } else {
                this.#free++;
            }
        }
    }
}
