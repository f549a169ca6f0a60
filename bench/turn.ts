import { directDocuments } from '../src/backends/documents/direct.ts';
import { shippedOffices } from '../src/commands/offices.ts';
/**
 * What one turn costs: the conversation on the memory engine, without the registry's database. `npm run bench` prints the
 * median and the 99th percentile for each kind of message, from accepting it to its reply being sent, and the processor's
 * time, which other work on the machine does not add to.
 */

import { memoryAdmissions } from '../src/backends/memory/admissions.ts';
import { memoryBreaker } from '../src/backends/memory/breaker.ts';
import { memoryLogins } from '../src/backends/memory/logins.ts';
import { systemClock } from '../src/backends/system/clock.ts';
import { conversationAt } from '../src/backends/system/conversation-id.ts';
import { keysFrom } from '../src/backends/system/keys.ts';
import { systemRandom } from '../src/backends/system/random.ts';
import { systemTimer } from '../src/backends/system/timer.ts';
import { understanding } from '../src/commands/open.ts';
import { branded } from '../src/core/brand.ts';
import { conversation } from '../src/core/conversation/converse.ts';
import { kpjSchema } from '../src/core/jamsostek/kpj.ts';
import type { Account, MemberRef } from '../src/core/jamsostek/member.ts';
import { daySchema, monthSchema } from '../src/core/jamsostek/month.ts';
import { phoneSchema } from '../src/core/jamsostek/phone.ts';
import { rupiah } from '../src/core/jamsostek/rupiah.ts';
import { noMisses, type Services } from '../src/core/services.ts';
import { memoryEngine } from '../src/engine/memory.ts';
import { registryAway } from '../tests/fakes/away.ts';
import { knownChats, noBlocks } from '../tests/fakes/chats.ts';

const dialogues = 4_000;
const warmUp = 500;

const member = branded<MemberRef>('aaaaaaaa-0000-4000-8000-000000000001');
const onFile = { ref: member, phone: phoneSchema.parse('+6284000001234'), deceased: false };
const month = monthSchema.parse('2026-10');
const account: Account = {
  name: 'Siti Rahma',
  total: rupiah(12_345_678),
  asOf: daySchema.parse('2026-10-31'),
  lastContribution: month,
  memberships: [
    {
      kpj: kpjSchema.parse('99012345678'),
      segment: 'PU',
      employer: 'PT Sumber Makmur',
      active: true,
      balance: rupiah(12_345_678),
      lastContribution: month,
      firstContribution: month,
    },
  ],
  claimInProgress: false,
};
const contribution = {
  month,
  kpj: kpjSchema.parse('99012345678'),
  employer: 'PT Sumber Makmur',
  wage: rupiah(5_000_000),
  amount: rupiah(285_000),
  postedOn: daySchema.parse('2026-11-17'),
};

const keys = keysFrom('a secret of the benchmark, as long as one has to be');
const services: Services = {
  clock: systemClock(),
  random: systemRandom(),
  keys,
  registry: {
    ...registryAway,
    memberByNik: async () => onFile,
    memberByRef: async () => onFile,
    account: async () => account,
    contributions: async () => [contribution, contribution, contribution],
  },
  failures: {
    standing: async () => ({ is: 'open' }),
    countFirst: async () => ({ counted: true, standing: { is: 'open' } }),
    clear: async () => undefined,
  },
  admissions: memoryAdmissions(),
  // It would open: no service sends thousands of codes within seconds.
  breaker: { ...memoryBreaker(), standing: async () => ({ is: 'closed' }) },
  logins: memoryLogins(),
  consents: { record: async () => undefined },
  audit: { record: async () => undefined },
  chats: knownChats,
  blocks: noBlocks,
  misses: noMisses,
  offices: shippedOffices(),
  documents: directDocuments,
  verification: { addressOf: () => null },
};

let code = '';
const engine = memoryEngine(
  {
    ...conversation(services, understanding()),
    send: async (effect) => {
      if (effect.kind === 'sms' && !effect.notice) code = /\d{6}/.exec(effect.text)?.[0] ?? '';
      return { sent: true };
    },
  },
  { clock: services.clock, timer: systemTimer() },
);

const script: Record<string, (dialogue: number) => string> = {
  'min cek saldo jht sy dong': () => 'min cek saldo jht sy dong',
  setuju: () => 'setuju',
  'bentar, call center nya nomor brp': () => 'bentar, call center nya nomor brp',
  'NIK, with a code sent': (dialogue) => `32010141${String(dialogue).padStart(8, '1')}`,
  'code, with the balance shown': () => code,
  'iuran bulan kemaren udah masuk blm': () => 'iuran bulan kemaren udah masuk blm',
  keluar: () => 'keluar',
};

const took = new Map<string, number[]>(Object.keys(script).map((name) => [name, []]));
let cpu = process.cpuUsage();
for (let dialogue = 0; dialogue < warmUp + dialogues; dialogue += 1) {
  if (dialogue === warmUp) cpu = process.cpuUsage();
  const from = { channel: 'bench', chat: String(dialogue), sender: String(dialogue) };
  for (const [index, [name, text]] of Object.entries(script).entries()) {
    const inbound = {
      id: String(index),
      conversation: conversationAt(keys, from),
      from,
      content: { kind: 'text' as const, text: text(dialogue) },
      private: true,
    };
    const began = performance.now();
    await engine.accept(inbound);
    await engine.idle();
    if (dialogue >= warmUp) took.get(name)?.push((performance.now() - began) * 1_000);
  }
}
cpu = process.cpuUsage(cpu);
await engine.stop();

const at = (sorted: readonly number[], share: number) => (sorted[Math.floor(sorted.length * share)] ?? 0).toFixed(0);
const row = (name: string, times: readonly number[]) => {
  const sorted = times.toSorted((a, b) => a - b);
  return `${name.padEnd(38)}${at(sorted, 0.5).padStart(8)}${at(sorted, 0.99).padStart(8)}\n`;
};
process.stdout.write(`${'µs a turn'.padEnd(38)}${'median'.padStart(8)}${'p99'.padStart(8)}\n`);
for (const [name, times] of took) process.stdout.write(row(name, times));
process.stdout.write(row('all', [...took.values()].flat()));
const turns = dialogues * Object.keys(script).length;
process.stdout.write(`CPU ${((cpu.user + cpu.system) / turns).toFixed(0)} µs a turn, over ${turns} turns\n`);
