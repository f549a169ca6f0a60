/**
 * One worker of the fault tests: takes events over HTTP, works on them with the engine on Redis, and sends what comes of
 * them to the platform. Started by `fleet.ts`, which it tells what happens to it.
 */
import { createServer, type ServerResponse } from 'node:http';
import { text } from 'node:stream/consumers';
import { z } from 'zod';
import { serverClock, syncClock } from '../../src/backends/redis/clock.ts';
import { openStore } from '../../src/backends/redis/store.ts';
import { conversationAt } from '../../src/backends/system/conversation-id.ts';
import { keyRingIn } from '../../src/backends/system/key-ring.ts';
import { keysFrom } from '../../src/backends/system/keys.ts';
import { systemRandom } from '../../src/backends/system/random.ts';
import { sealing, sealingKeyBytes } from '../../src/backends/system/sealing.ts';
import { systemTimer } from '../../src/backends/system/timer.ts';
import type { Inbound } from '../../src/core/inbound.ts';
import type { Effect } from '../../src/core/reply.ts';
import type { SendResult } from '../../src/core/sending.ts';
import type { EngineEvent, Work } from '../../src/engine/engine.ts';
import { redisEngine } from '../../src/engine/redis.ts';
import { codeLane, noticeLane } from '../../src/engine/sends.ts';
import { countingConversation } from './counting.ts';
import { eventSchema, orderSchema, setupSchema, type Told } from './wire.ts';

const setup = setupSchema.parse(JSON.parse(process.argv[2] ?? ''));

/** What the driver is told; nobody may be there to hear it. */
function tell(told: Told): void {
  process.send?.(told, undefined, undefined, () => undefined);
}
// The driver is gone: so is this worker.
process.on('disconnect', () => process.exit(1));

const store = openStore({ url: setup.redis, cluster: setup.cluster ?? false });
const clock = serverClock();
const keys = keysFrom('the secret of all workers in the fault tests');
const random = systemRandom();

const ring = keyRingIn(setup.sealingKeys, {
  derived: new Uint8Array(sealingKeyBytes),
  tell: (problem) => tell({ kind: 'store failed', error: problem }),
});

async function post(path: string, body: object, signal?: AbortSignal): Promise<Response> {
  return fetch(`${setup.platform}${path}`, { method: 'POST', body: JSON.stringify(body), ...(signal && { signal }) });
}

async function send(effect: Effect, key: string): Promise<SendResult> {
  const sms = effect.kind === 'sms';
  const delivery = {
    key,
    kind: effect.kind,
    to: sms ? effect.to : effect.to.chat,
    text: sms ? effect.text : effect.reply.text,
    worker: setup.name,
  };
  try {
    const response = await post('/deliver', delivery, AbortSignal.timeout(setup.patience));
    if (response.status === 429) {
      await response.text();
      return { sent: false, problem: 'throttled', retryAfter: 1_000 * Number(response.headers.get('retry-after')) };
    }
    if (response.status === 503) {
      await response.text();
      return { sent: false, problem: 'unreachable' };
    }
    z.object({ ok: z.literal(true) }).parse(await response.json());
    return { sent: true };
  } catch {
    return { sent: false, problem: 'uncertain' };
  }
}

function eventOf({ turn }: { readonly turn: string }): string {
  return turn.slice(turn.indexOf('/') + 1);
}

function watch(event: EngineEvent<unknown>): void {
  switch (event.kind) {
    case 'fenced':
    case 'reclaimed':
      tell({ kind: event.kind, lane: event.lane });
      return;
    case 'quarantined':
      tell({ kind: 'quarantined', event: event.inbound.id });
      return;
    case 'turn failed':
      tell({ kind: 'turn failed', event: event.inbound.id, error: String(event.error) });
      return;
    case 'store failed':
      tell({ kind: 'store failed', error: String(event.error) });
      return;
    case 'not sent':
      if (!event.again) tell({ kind: 'given up', event: eventOf(event), effect: event.effect.kind });
      return;
    case 'dropped':
      tell({ kind: 'given up', event: eventOf(event), effect: event.effect.kind });
      return;
    default:
  }
}

/** Only where there are members: what the conversation is made of takes a while to load. */
async function conversationWith(database: string): Promise<Pick<Work<unknown>, 'turn' | 'giveUp'>> {
  const { memberConversation } = await import('./member-conversation.ts');
  return memberConversation(database, { clock, random, keys, store, told: () => tell({ kind: 'compared' }) });
}

for (let known = false; !known; ) {
  known = await syncClock(store, clock).then(
    () => true,
    () => false,
  );
}
const work =
  setup.database === undefined
    ? countingConversation({
        ask: async (inbound) => void (await post('/ask', { worker: setup.name, event: inbound.id })).text(),
        die: () => process.kill(process.pid, 'SIGKILL'),
      })
    : await conversationWith(setup.database);
const engine = redisEngine(
  { ...work, send, watch },
  {
    store,
    clock,
    random,
    timer: systemTimer(),
    sealing: sealing(ring),
    turns: true,
    sends: ['test', codeLane, noticeLane],
  },
);

function inboundOf(body: string): Inbound {
  const { id, chat, text, writtenAt } = eventSchema.parse(JSON.parse(body));
  const from = { channel: 'test', chat, sender: chat };
  return {
    id,
    conversation: conversationAt(keys, from),
    from,
    content: { kind: 'text', text },
    private: true,
    // Nobody is flooded: the tests say more at once than a person could.
    local: true,
    ...(writtenAt !== undefined && { writtenAt }),
  };
}

async function take(body: string, response: ServerResponse): Promise<void> {
  let inbound: Inbound;
  try {
    inbound = inboundOf(body);
  } catch {
    response.writeHead(400).end();
    return;
  }
  try {
    response.end(await engine.accept(inbound));
  } catch {
    response.writeHead(503, { 'retry-after': '1' }).end();
  }
}

const server = createServer((request, response) => {
  if (request.method === 'GET') {
    response.end(JSON.stringify({ computer: Date.now(), program: clock.now() }));
    return;
  }
  text(request)
    .then((body) => take(body, response))
    .catch(() => response.destroy());
});
server.keepAliveTimeout = 60_000;
server.listen(0, '127.0.0.1', () => {
  const { port } = z.object({ port: z.number() }).parse(server.address());
  tell({ kind: 'ready', url: `http://127.0.0.1:${port}` });
});

process.on('message', (message) => {
  const until = performance.now() + orderSchema.parse(message).block;
  while (performance.now() < until);
});

process.once('SIGTERM', () => {
  const leave = async (): Promise<void> => {
    const closed = new Promise((resolve) => server.close(resolve));
    // A connection that was in use a moment ago is kept by the platform for the next event.
    const closing = setInterval(() => server.closeIdleConnections(), 20);
    await closed;
    clearInterval(closing);
    await engine.stop();
    await store.close();
    process.exit(0);
  };
  void leave();
});
