import { z } from 'zod';
import { partsOf } from '../../../src/bots/sms/alphabet.ts';
import { split } from '../sms/parts.ts';
import type { DeskState, Line, ShownChat } from './shown.ts';
import { handToProgram } from './to-program.ts';

/** Most parts that a telephone sends as one text. */
const mostParts = 10;

const phone = z.string().regex(/^\+\d{8,15}$/);

const requests = {
  phone: z.object({ phone }),
  said: z.object({ from: phone, text: z.string().min(1) }),
  arrived: z.object({ to: z.string().min(1), text: z.string() }),
};

/** Whose telephone it is: a name, or null for a stranger's. */
interface Telephone {
  readonly number: string;
  readonly name: string | null;
  readonly lines: Line[];
}

/** How a side of texts is set. */
export interface SmsSideOptions {
  /** Where the program takes texts, without a slash at the end. */
  readonly program: string;
  /** Who has a telephone; several may share one, which is then the first one's. */
  readonly owners: readonly { readonly phone: string | null; readonly name: string }[];
}

/**
 * SMS at the desk: the telephones of the demo members and of strangers. It is the program's gateway, too: it brings what
 * they text, and takes what the program sends by GET, as `SMS_SEND_URL` wants it.
 */
export class SmsSide {
  readonly #program: string;
  readonly #changed: () => void;
  readonly #telephones = new Map<string, Telephone>();
  #texts = 0;
  #latest: DeskState['sms']['latest'] = null;

  /** `changed` is called back whenever it is worth looking again. */
  constructor({ program, owners }: SmsSideOptions, changed: () => void) {
    this.#program = program;
    this.#changed = changed;
    for (const { phone, name } of owners) if (phone !== null) this.#telephone(phone, name);
  }

  get state(): DeskState['sms'] {
    return { chats: [...this.#telephones.values()].map(shown), latest: this.#latest };
  }

  /** A telephone that nobody here had; gives back the id of its thread, which is its number. */
  addPhone(request: unknown): { readonly id: string } {
    const { number } = this.#telephone(requests.phone.parse(request).phone);
    this.#changed();
    return { id: number };
  }

  /** Somebody texts the program. Rejects, and says why, when the telephone can't send it or the program does not take it. */
  async say(request: unknown): Promise<object> {
    const { from, text } = requests.said.parse(request);
    const parts = split(text, 0).length;
    if (parts > mostParts) throw new Error(`This would be ${parts} SMS; a telephone sends ${mostParts} at most.`);
    const { name, lines } = this.#telephone(from);
    // The answer may be here before the program has said that it has the text: it stands under it all the same.
    const line = this.#line(name ?? from, text, parts);
    lines.push(line);
    try {
      await handToProgram(this.#program, { from, text });
    } catch (error) {
      lines.splice(lines.indexOf(line), 1);
      throw error;
    } finally {
      this.#changed();
    }
    return { sent: true };
  }

  /** The program sends a text. */
  take(request: unknown): object {
    const { to, text } = requests.arrived.parse(request);
    const line = this.#line(null, text, partsOf(text));
    this.#telephone(to).lines.push(line);
    this.#latest = { chat: to, line: line.id };
    this.#changed();
    return { sent: true };
  }

  #telephone(number: string, name: string | null = null): Telephone {
    const known = this.#telephones.get(number);
    if (known !== undefined) return known;
    const telephone = { number, name, lines: [] };
    this.#telephones.set(number, telephone);
    return telephone;
  }

  #line(from: string | null, text: string, parts: number): Line {
    this.#texts += 1;
    return {
      id: String(this.#texts),
      from,
      text,
      notes: [`${parts} SMS`],
      buttons: from === null ? codesIn(text) : [],
      place: null,
      file: null,
    };
  }
}

function shown({ number, name, lines }: Telephone): ShownChat {
  const title = name === null ? number : `${name}, ${number}`;
  return { id: number, title, lines: [...lines], typing: false, keys: [], notice: '' };
}

/** A button for the code in a text, to type it elsewhere. */
function codesIn(text: string): Line['buttons'] {
  const code = /(?<!\d)\d{6}(?!\d)/.exec(text)?.[0];
  return code === undefined ? [] : [[{ label: 'Use this code', id: code, url: null }]];
}
