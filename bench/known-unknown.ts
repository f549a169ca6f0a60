/**
 * Whether the time of an answer tells a NIK that somebody has from one that nobody has: the same turn ("here is my NIK")
 * for a thousand of each, in turns, on the embedded database. Prints both medians and how likely a difference as large as
 * theirs is by chance (Mann–Whitney).
 */
import { auditLog } from '../src/backends/audit/log.ts';
import { demoMembers } from '../src/backends/demo/members.ts';
import { demoSeed } from '../src/backends/demo/seed.ts';
import { directDocuments } from '../src/backends/documents/direct.ts';
import { auditTable } from '../src/backends/postgres/audit.ts';
import { openDatabase } from '../src/backends/postgres/database.ts';
import { systemClock } from '../src/backends/system/clock.ts';
import { conversationAt } from '../src/backends/system/conversation-id.ts';
import { keysFrom } from '../src/backends/system/keys.ts';
import type { Bot } from '../src/bots/bot.ts';
import { assistant } from '../src/commands/assistant.ts';
import { memoryGround } from '../src/commands/ground.ts';
import { shippedOffices } from '../src/commands/offices.ts';
import { daySchema } from '../src/core/jamsostek/month.ts';
import { verificationAt } from '../src/verification/verification.ts';

const pairs = 1_000;
const warmUp = 200;

const today = daySchema.parse('2026-11-22');
const database = await openDatabase({ kind: 'memory' }, { seed: demoSeed(today) });
const keys = keysFrom('a secret of the benchmark, as long as one has to be');
const clock = systemClock();
const known = demoMembers(today)[0]?.nik ?? '';
const unknown = '3201014101900001';

let replied = 0;
const bot: Bot = {
  channel: 'bench',
  async send() {
    replied = performance.now();
    return { sent: true };
  },
};

async function answerTime(nik: string, chat: string): Promise<number> {
  // A new one each time: the limits would end the measurement after three.
  const engine = assistant({
    database,
    audit: auditLog({ table: auditTable(database), keys }),
    keys,
    ground: memoryGround(clock),
    bots: [bot],
    sms: async () => ({ sent: true }),
    keepMisses: false,
    offices: shippedOffices(),
    documents: directDocuments,
    verification: verificationAt(null, keys),
    watch: () => undefined,
  });
  const from = { channel: 'bench', chat, sender: chat };
  const say = async (id: string, text: string) => {
    await engine.accept({
      id,
      conversation: conversationAt(keys, from),
      from,
      content: { kind: 'text', text },
      private: true,
    });
    await engine.idle();
  };
  await say('1', 'saldo');
  await say('2', 'setuju');
  const began = performance.now();
  await say('3', nik);
  return (replied - began) * 1_000;
}

const times = { known: [] as number[], unknown: [] as number[] };
for (let pair = 0; pair < warmUp + pairs; pair += 1) {
  const first = pair % 2 === 0 ? ('known' as const) : ('unknown' as const);
  for (const kind of [first, first === 'known' ? ('unknown' as const) : ('known' as const)]) {
    const time = await answerTime(kind === 'known' ? known : unknown, `${kind} ${pair}`);
    if (pair >= warmUp) times[kind].push(time);
  }
}
await database.close();

const median = (values: readonly number[]) => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;

/** The two-sided probability of ranks this different, by the normal approximation. */
function chanceOf(a: readonly number[], b: readonly number[]): number {
  const all = [...a.map((time) => ({ time, of: 'a' })), ...b.map((time) => ({ time, of: 'b' }))];
  const ranks = all
    .toSorted((x, y) => x.time - y.time)
    .reduce((sum, { of }, rank) => (of === 'a' ? sum + rank + 1 : sum), 0);
  const u = ranks - (a.length * (a.length + 1)) / 2;
  const z = Math.abs(u - (a.length * b.length) / 2) / Math.sqrt((a.length * b.length * (a.length + b.length + 1)) / 12);
  // Abramowitz and Stegun 26.2.17.
  const t = 1 / (1 + 0.2316419 * z);
  const tail = t * (0.31938153 + t * (-0.356563782 + t * (1.781477937 + t * (-1.821255978 + t * 1.330274429))));
  return 2 * (Math.exp((-z * z) / 2) / Math.sqrt(2 * Math.PI)) * tail;
}

process.stdout.write(
  `known NIK ${median(times.known).toFixed(0)} µs, unknown NIK ${median(times.unknown).toFixed(0)} µs to the reply (medians of ${pairs});` +
    ` a difference like this comes by chance in ${(chanceOf(times.known, times.unknown) * 100).toFixed(0)} of 100 runs\n`,
);
