/**
 * What one turn costs in the memory engine itself, with a turn and a send that do nothing: `node bench/engine-turn.ts`.
 */

import { systemClock } from '../src/backends/system/clock.ts';
import { systemTimer } from '../src/backends/system/timer.ts';
import { branded } from '../src/core/brand.ts';
import type { ConversationId, Inbound } from '../src/core/inbound.ts';
import { memoryEngine } from '../src/engine/memory.ts';

const conversations = 2_000;
const rounds = 100;

const from = { channel: 'bench', chat: 'chat', sender: 'sender' };
const reply = { language: 'id', text: 'text', choices: [], personal: false } as const;

const engine = memoryEngine<null>(
  {
    turn: async () => ({ session: 'session', effects: [{ kind: 'reply', to: from, reply }], outcome: null }),
    giveUp: () => ({ session: 'session', effects: [], outcome: null }),
    send: async () => ({ sent: true }),
  },
  { clock: systemClock(), timer: systemTimer() },
);

let event = 0;

/** One inbound in each conversation, all of them done. Returns microseconds for each. */
async function round(): Promise<number> {
  const start = process.hrtime.bigint();
  for (let number = 0; number < conversations; number += 1) {
    event += 1;
    const inbound: Inbound = {
      id: `event ${event}`,
      conversation: branded<ConversationId>(`conversation ${number}`),
      from,
      content: { kind: 'text', text: 'text' },
      private: true,
    };
    await engine.accept(inbound);
  }
  await engine.idle();
  return Number(process.hrtime.bigint() - start) / 1_000 / conversations;
}

await round();
const measured: number[] = [];
for (let number = 0; number < rounds; number += 1) measured.push(await round());
const sorted = measured.toSorted((a, b) => a - b);
const at = (part: number): string => `${(sorted[Math.floor(part * (rounds - 1))] ?? Number.NaN).toFixed(1)} µs`;
process.stdout.write(`engine, one turn: median ${at(0.5)}, p99 of rounds ${at(0.99)}, ${event} turns\n`);
process.stdout.write(`memory: ${Math.round(process.memoryUsage().heapUsed / 2 ** 20)} MiB heap\n`);
