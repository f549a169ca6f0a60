import { type Command, commands } from '../../locales/index.ts';
import { type Language, languages } from '../language.ts';
import { isNothing, standardWords } from './words.ts';

/** Words that do not change what an order means: "saya mau keluar" is "keluar". */
const fillers = new Set([
  'saya',
  'mau',
  'saja',
  'tolong',
  'please',
  'i',
  'want',
  'to',
  'the',
  'now',
  'sekarang',
  'dulu',
  'do',
]);

interface Order {
  readonly command: string;
  readonly language: Language;
  readonly phrase: string;
}

const orders: readonly Order[] = languages.flatMap((language) =>
  Object.entries(commands[language]).flatMap(([command, texts]) =>
    texts.map((text) => ({ command, language, phrase: standardWords(text).join(' ') })),
  ),
);
const wholeOrders = new Map(orders.map((order) => [`${order.command} ${withoutFillers(order.phrase)}`, order]));

/** A phrase without the words that carry nothing; one made of nothing else ("tolong") stays as it is. */
function withoutFillers(phrase: string): string {
  const words = phrase.split(' ').filter((word) => !fillers.has(word));
  return words.length > 0 ? words.join(' ') : phrase;
}

/** The orders and short answers in one text. All languages are heard at once. */
export class Heard {
  readonly #phrase: string;
  readonly #core: string;
  readonly #length: number;

  constructor(text: string) {
    // Numbers are answers, not orders: "setuju 3175…" is a yes with a NIK behind it.
    const words = standardWords(text).filter((word) => !/^\d+$/.test(word));
    this.#phrase = ` ${words.join(' ')} `;
    this.#core = withoutFillers(words.join(' '));
    this.#length = words.length;
  }

  /** The whole text is this order. */
  is(command: Command): boolean {
    return wholeOrders.has(`${command} ${this.#core}`);
  }

  /** The text is made of nothing but single words of this order: "iya setuju", "ya kak". */
  isAll(command: Command): boolean {
    const said = this.#core.split(' ').filter((word) => !isNothing(word) || wholeOrders.has(`${command} ${word}`));
    return said.length > 0 && said.every((word) => wholeOrders.has(`${command} ${word}`));
  }

  /** This order stands in the text, which has at most `words` words. */
  has(command: Command, words = Number.POSITIVE_INFINITY): boolean {
    if (this.#length > words) return false;
    return orders.some((order) => order.command === command && this.#phrase.includes(` ${order.phrase} `));
  }

  /** The language that the text asks to switch to; null when it does not. */
  switchTo(): Language | null {
    return wholeOrders.get(`language ${this.#core}`)?.language ?? null;
  }
}
