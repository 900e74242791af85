/** How long to wait before trying again what just led to nothing: doubling, so that no fault makes a case spin. */
export class Backoff {
  #tries = 0;

  constructor(
    private readonly first: number,
    private readonly longest: number,
  ) {}

  /** Milliseconds to wait after one more try that led to nothing. */
  next(): number {
    const wait = Math.min(this.first * 2 ** this.#tries, this.longest);
    this.#tries += 1;
    return wait;
  }

  get tries(): number {
    return this.#tries;
  }

  reset(): void {
    this.#tries = 0;
  }
}
