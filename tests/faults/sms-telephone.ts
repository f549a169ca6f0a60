import { setTimeout as pause } from 'node:timers/promises';
import type { FakeOperator } from '../fakes/sms/operator.ts';
import type { FakePhone, ReadText } from '../fakes/sms/phone.ts';

/** How long somebody waits for an answer before they say the same once more, in milliseconds. */
const patience = 10_000;

/** How often they say it, before they give up. */
const mostTries = 4;

/** How a text begins that holds a code. */
const codeBeginning = 'Jamsostek Chat:';

/** Whether a text is one that brings a code. */
export function isCode(text: string): boolean {
  return text.startsWith(codeBeginning);
}

/** What could be a code, in any text; null where nothing could. */
export function codeIn(text: string): string | null {
  return /(?<!\d)\d{6}(?!\d)/.exec(text)?.[0] ?? null;
}

/** A telephone whose owner waits for each answer before they go on. */
export class Telephone {
  readonly number: string;
  /** What the operator's gateway took, each as often as it was said. */
  readonly sent: string[] = [];
  /** Texts that were on their way to the gateway when it went: the operator brings them again, whether it has them or not. */
  broughtAgain = 0;
  /** Texts that were said once more because no answer had come. */
  askedAgain = 0;
  /** Whether something was said that is not answered yet. */
  waits = false;
  /** Texts that were never answered. */
  gaveUp = 0;
  readonly #phone: FakePhone;
  readonly #operator: FakeOperator;

  constructor(operator: FakeOperator, number: string) {
    this.#operator = operator;
    this.#phone = operator.phone(number);
    this.number = this.#phone.number;
  }

  get read(): readonly ReadText[] {
    return this.#phone.read();
  }

  get answers(): readonly string[] {
    return this.read.map(({ text }) => text).filter((text) => !isCode(text));
  }

  get codes(): readonly string[] {
    return this.read.map(({ text }) => text).filter(isCode);
  }

  /** Says something, again where need be; resolves when an answer has come, or the hope for one is gone. */
  async says(text: string): Promise<void> {
    const before = this.answers.length;
    const last = this.answers.at(-1);
    // Whoever reads the same once more knows that it is the same answer once more.
    const isAnswered = () => this.answers.slice(before).some((answer) => answer !== last);
    this.waits = true;
    for (let tries = 1; this.waits && tries <= mostTries; tries += 1) {
      if (tries > 1) this.askedAgain += 1;
      await this.#send(text);
      this.waits = !(await this.#comes(isAnswered));
    }
    if (this.waits) this.gaveUp += 1;
    this.waits = false;
  }

  /** The code that has come after this many, or comes soon; null when none does. */
  async codeAfter(before: number): Promise<string | null> {
    const came = await this.#comes(() => this.codes.length > before);
    return came ? codeIn(this.codes.at(-1) ?? '') : null;
  }

  /** The operator keeps a text until a gateway has taken it. */
  async #send(text: string): Promise<void> {
    for (;;) {
      await this.#operator.bound();
      const taken = await this.#phone.says(text).catch(() => null);
      if (taken?.every((answer) => answer === 0) === true) break;
      this.broughtAgain += 1;
      await pause(100);
    }
    this.sent.push(text);
  }

  async #comes(condition: () => boolean): Promise<boolean> {
    const until = performance.now() + patience;
    while (!condition() && performance.now() < until) await pause(20);
    return condition();
  }
}
