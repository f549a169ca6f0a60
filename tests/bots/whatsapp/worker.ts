/**
 * One process that answers on WhatsApp: the channel, on what it owns in Redis, and the engine there. Each reply says how
 * many messages of its conversation were answered, and the last of them, so that whatever is lost, doubled or out of
 * order shows. Started by `workers.ts`.
 */

import { redisAdmissions } from '../../../src/backends/redis/admissions.ts';
import { serverClock, syncClock } from '../../../src/backends/redis/clock.ts';
import { redisOwning } from '../../../src/backends/redis/owning.ts';
import { redisProgress } from '../../../src/backends/redis/progress.ts';
import { openStore } from '../../../src/backends/redis/store.ts';
import { conversationAt } from '../../../src/backends/system/conversation-id.ts';
import { keysFrom } from '../../../src/backends/system/keys.ts';
import { systemRandom } from '../../../src/backends/system/random.ts';
import { sealing } from '../../../src/backends/system/sealing.ts';
import { systemTimer } from '../../../src/backends/system/timer.ts';
import type { OpenChannel, World } from '../../../src/bots/channel.ts';
import { whatsapp } from '../../../src/bots/whatsapp/channel.ts';
import type { Effect, Reply } from '../../../src/core/reply.ts';
import { redisEngine } from '../../../src/engine/redis.ts';
import { environmentOf } from './environment.ts';
import { setupSchema } from './workers.ts';

const setup = setupSchema.parse(JSON.parse(process.argv[2] ?? ''));
// Whoever started it is gone: so is this process.
process.on('disconnect', () => process.exit(1));

const store = openStore({ url: setup.redis });
const clock = serverClock();
await syncClock(store, clock);
const keys = keysFrom('the secret of all workers in this test');
const ring = [new Uint8Array(32).fill(7)];
const common = { store, sealing: sealing(() => ring), timer: systemTimer(), random: systemRandom() };

const opened: OpenChannel[] = [];
const engine = redisEngine<null>(
  {
    async turn(session, inbound) {
      const answered = Number(session ?? 0) + 1;
      const said = inbound.content.kind === 'text' ? inbound.content.text : inbound.content.kind;
      const reply: Reply = { text: `${answered}: ${said}`, language: 'id', choices: [], personal: false };
      return { session: String(answered), effects: [{ kind: 'reply', to: inbound.from, reply }], outcome: null };
    },
    giveUp: (session) => ({ session: session ?? '0', effects: [], outcome: null }),
    async send(effect: Effect, key, conversation) {
      const [channel] = opened;
      if (effect.kind !== 'reply' || !channel) return { sent: false, problem: 'unreachable' };
      return channel.send(effect.to, effect.reply, conversation, key);
    },
    canSend: () => opened[0]?.canSend?.() ?? false,
  },
  { ...common, clock, turns: true, sends: [whatsapp.name] },
);

const world: World = {
  ...common,
  clock,
  intake: {
    conversationAt: (address) => conversationAt(keys, address),
    accept: (inbound) => engine.accept(inbound),
  },
  // A process that was killed is followed within a second and a half.
  owning: redisOwning({ ...common, keys, pace: { lease: 1_500, renewEvery: 300, margin: 300, tryEvery: 100 } }),
  admissions: redisAdmissions(store),
  progress: redisProgress(store),
  works: true,
  secret: () => '',
  report: (event) => process.send?.(event),
  show: (lines) => process.send?.({ kind: 'shown', lines }),
};

const environment = { WHATSAPP: 'on', WHATSAPP_WS_URL: setup.url, WHATSAPP_PAIR_WITH: setup.pairWith };
if (setup.loud) {
  const { WhatsApp } = await import('../../../src/bots/whatsapp/whatsapp.ts');
  const settings = { url: setup.url, pairWith: setup.pairWith.slice(1) };
  opened.push(new WhatsApp({ channel: whatsapp.name, settings, world }));
} else {
  const open = whatsapp.configure(environmentOf(environment));
  if (open) opened.push(await open(world));
}
for (const channel of opened) channel.start?.();

process.once('SIGTERM', () => {
  const leave = async (): Promise<void> => {
    for (const channel of opened) await channel.stop();
    await engine.stop();
    for (const channel of opened) await channel.close();
    await store.close();
    process.exit(0);
  };
  void leave();
});
