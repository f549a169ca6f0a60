import { afterAll, beforeAll, describe, expect } from 'vitest';
import type { Intake } from '../../src/bots/bot.ts';
import { inGsm, partsOf } from '../../src/bots/sms/alphabet.ts';
import type { Content } from '../../src/core/inbound.ts';
import { phoneSchema } from '../../src/core/jamsostek/phone.ts';
import type { Language } from '../../src/core/language.ts';
import type { Choice } from '../../src/core/reply.ts';
import type { Admissions } from '../../src/core/services.ts';
import { type OverKannel, openOverKannel } from '../bots/sms/over-kannel.ts';
import { findKannel } from '../servers/kannel.ts';
import { playAll } from './all.ts';
import type { Seating } from './end.ts';
import type { Stage } from './stage.ts';

/** What old telephones send as one text: ten parts, with anything in them. */
const longestText = 670;

/** In +62 840, which no operator has, like those of the demo members. */
const strangers = { noPhone: phoneSchema.parse('+6284000077777'), b: phoneSchema.parse('+6284000088888') };

/** Anything that a telephone would make a link of. */
const link = /https?:|www\.|[a-z\d]\.(?:id|com|org|net)\b/i;

/** The stage of the transcript that is played now: all of them share one gateway. */
let now: Stage | null = null;
let sms: OverKannel;

function playing(): Stage {
  if (!now) throw new Error('No transcript is being played');
  return now;
}

/** Time stands still on the stage, and not at the gateway. */
const intake: Intake = {
  conversationAt: (address) => playing().intake.conversationAt(address),
  accept: (inbound) => playing().intake.accept({ ...inbound, writtenAt: playing().time.now() }),
};

/** A transcript says in a minute what costs a day's money. */
const noCaps: Admissions = { admit: async () => ({ admitted: true }) };

/** The real channel behind a real Kannel, and a telephone at the other end of the operator. */
const onSms: Seating = {
  lacks: [
    'buttons',
    'groups',
    'dates',
    'hiding',
    'unsupported kinds',
    'empty texts',
    'more than texts',
    'a chat beside the phone',
    'the NIK alone',
  ],
  limits: { text: 459, label: 0 },
  short: true,
  async seat(stage, onFile) {
    now = stage;
    stage.bot = sms.channel;
    const numbers = { a: onFile ?? strangers.noPhone, b: strangers.b };
    const shown: Choice[] = [];
    let offered: readonly Choice[] = [];
    return {
      async does({ place, content }) {
        if (place === 'group') throw new Error('Nobody texts in groups');
        const phone = sms.operator.phone(numbers[place]);
        const before = phone.read().length;
        const effects = await stage.hearThrough(async () => {
          const taken = await phone.says(textOf(content, offered, shown));
          expect(Math.max(...taken), 'what the gateway took').toBe(0);
        });
        const [reply] = effects.flatMap((effect) => (effect.kind === 'reply' ? [effect.reply] : []));
        if (!reply) return { effects, seen: null };
        offered = reply.choices;
        shown.push(...reply.choices);
        await expect.poll(() => phone.read().length, { interval: 5 }).toBe(before + 1);
        const [read] = phone.read().slice(before);
        if (!read) throw new Error('Nothing has come');
        const { text, parts } = read;
        expect(text, 'in the alphabet').toBe(inGsm(text));
        expect(text, 'no link').not.toMatch(link);
        expect(parts, 'as many parts as reckoned').toBe(partsOf(text));
        expect(parts).toBeLessThanOrEqual(3);
        return { effects, seen: { text, buttons: [], hid: false, parts } };
      },
      close: async () => undefined,
    };
  },
};

/** A choice is typed as its number in what was offered last, else as what it is called. */
function textOf(content: Content, offered: readonly Choice[], shown: readonly Choice[]): string {
  if (content.kind === 'text') return content.text.slice(0, longestText);
  if (content.kind !== 'choice') throw new Error(`Nobody can text a ${content.kind}`);
  const place = offered.findIndex(({ id }) => id === content.id);
  if (place >= 0) return String(place + 1);
  return shown.find(({ id }) => id === content.id)?.label ?? content.id;
}

/** Those that need what a channel of telephones has not. */
const leftOut = [
  // What is shown, and not told.
  'balance-chart',
  'balance-years',
  'digital-card-and-statement',
  'digital-card-verified',
  'loss-statement-verified',
  'statement-verified',
  // What is sent from where a telephone sends only texts.
  'offices',
  'odd-messages',
  'unsupported-message',
  // What is done in a chat while another phone is on file, or beside it.
  'chat-data',
  'known-chat',
  'known-chat-ends',
  'not-me',
  'not-me-verified',
  'one-session',
  // What a NIK alone says, and what telephones do not do.
  'nik-is-a-number',
  'empty-message',
  'group',
  'late',
  'old-buttons',
  'pressed-twice',
];

/** Plays all transcripts in one language: two files do, so that both can wait for the gateway at the same time. */
export function playBySms(language: Language): void {
  describe.skipIf(findKannel() === null)('through a gateway', () => {
    beforeAll(async () => {
      sms = await openOverKannel(intake, noCaps);
    });
    afterAll(() => sms.close());

    playAll('SMS', onSms, leftOut, language);
  });
}
