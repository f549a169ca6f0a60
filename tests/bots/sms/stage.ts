import { onTestFinished } from 'vitest';
import { memoryAdmissions } from '../../../src/backends/memory/admissions.ts';
import { memoryProgress } from '../../../src/backends/memory/progress.ts';
import { conversationAt } from '../../../src/backends/system/conversation-id.ts';
import { keysFrom } from '../../../src/backends/system/keys.ts';
import { systemRandom } from '../../../src/backends/system/random.ts';
import type { Acceptance } from '../../../src/bots/bot.ts';
import type { ChannelEvent, OpenChannel, World } from '../../../src/bots/channel.ts';
import type { Gateway, OutgoingSms } from '../../../src/bots/sms/gateway.ts';
import { readMessage, readReport } from '../../../src/bots/sms/gateways/incoming.ts';
import { openSms } from '../../../src/bots/sms/sms.ts';
import { serverLog } from '../../../src/commands/server-log.ts';
import { branded } from '../../../src/core/brand.ts';
import type { ConversationId, Inbound } from '../../../src/core/inbound.ts';
import type { Reply } from '../../../src/core/reply.ts';
import type { SendResult } from '../../../src/core/sending.ts';
import { httpServer, listen } from '../../../src/http.ts';
import { openLog } from '../../../src/log.ts';
import { ManualTime } from '../../engine/manual-time.ts';
import { alwaysOwning } from '../telegram/always-owning.ts';

export const secret = 'made-for_sms-webhook';

/** A gateway that takes texts, and keeps them to be looked at. */
export class KeepingGateway implements Gateway {
  readonly sent: OutgoingSms[] = [];
  /** What the next texts are met with. */
  readonly results: SendResult[] = [];
  readonly message = readMessage;
  readonly report = readReport;

  async send(sms: OutgoingSms): Promise<SendResult> {
    const result = this.results.shift() ?? { sent: true };
    if (result.sent) this.sent.push(sms);
    return result;
  }
}

export interface StageOptions {
  /** The keeping one when not said. */
  readonly gateway?: Gateway;
  readonly world?: Partial<World>;
  readonly from?: readonly string[];
  readonly dailyParts?: number;
  readonly secret?: string;
  /** Any free one when not said. */
  readonly port?: number;
  /** Proxies in front that are believed. */
  readonly proxies?: readonly string[];
}

/** The channel, with a stand-in for the rest of the program behind it and its routes on loopback. */
export interface Stage {
  readonly channel: OpenChannel;
  readonly kept: KeepingGateway;
  readonly time: ManualTime;
  /** Of the web server, without a slash at its end. */
  readonly url: string;
  /** What came in and was taken, in order. */
  readonly taken: Inbound[];
  /** What the next inbounds are met with instead of being taken. */
  readonly trouble: ('full' | 'throws')[];
  readonly events: ChannelEvent[];
  /** What requests were answered with. */
  readonly statuses: number[];
  /** What members wrote, in the order in which it was taken. */
  words(): string[];
  /** Brings a text as a gateway does, or what a test makes of that. */
  bring(query: Readonly<Record<string, string>>, request?: RequestInit): Promise<Answered>;
  /** The same for reports. */
  reports(query: Readonly<Record<string, string>>, request?: RequestInit): Promise<Answered>;
  /** Sends a reply as the outbox does. */
  answer(to: string, reply: Reply, effect?: string): Promise<SendResult>;
}

export interface Answered {
  readonly status: number;
  readonly text: string;
  readonly retryAfter: string | null;
}

/** Ready when this resolves; everything is closed when the test has finished. */
export async function openStage(options: StageOptions = {}): Promise<Stage> {
  const keys = keysFrom('a secret for tests only');
  const time = new ManualTime();
  const taken: Inbound[] = [];
  const trouble: Stage['trouble'] = [];
  const events: ChannelEvent[] = [];
  const world: World = {
    intake: {
      conversationAt: (address) => conversationAt(keys, address),
      accept: async (inbound): Promise<Acceptance> => {
        const met = trouble.shift();
        if (met === 'throws') throw new Error('It cannot be kept');
        if (met === 'full') return 'full';
        if (taken.some(({ id, conversation }) => id === inbound.id && conversation === inbound.conversation)) {
          return 'duplicate';
        }
        taken.push(inbound);
        return 'taken';
      },
    },
    clock: time,
    timer: time,
    random: systemRandom(),
    owning: alwaysOwning(),
    admissions: memoryAdmissions(),
    progress: memoryProgress(),
    works: true,
    secret: (purpose) => `made for ${purpose}`,
    report: (event) => void events.push(event),
    show: () => undefined,
    ...options.world,
  };
  const kept = new KeepingGateway();
  const { gateway = kept, from = ['loopback'], dailyParts = 10_000, proxies = [], port = 0 } = options;
  const channel = openSms({ gateway, secret: options.secret ?? secret, from, dailyParts }, world);
  channel.start?.();
  const trustProxy = proxies.length > 0 && proxies;
  const app = httpServer({ ready: {}, log: serverLog(openLog('silent')), trustProxy });
  const statuses: number[] = [];
  app.addHook('onResponse', async (_request, { statusCode }) => void statuses.push(statusCode));
  if (channel.routes) await app.register(channel.routes);
  const url = await listen(app, { host: '127.0.0.1', port });
  onTestFinished(async () => {
    await channel.stop();
    await app.close();
    await channel.close();
  });
  const ask = async (path: string, query: Readonly<Record<string, string>>, request?: RequestInit) => {
    const fields = new URLSearchParams({ key: secret, ...query }).toString();
    const response = await fetch(`${url}${path}?${fields}`, request);
    const retryAfter = response.headers.get('retry-after');
    return { status: response.status, text: await response.text(), retryAfter };
  };
  return {
    channel,
    kept,
    time,
    url,
    taken,
    trouble,
    events,
    statuses,
    words: () => taken.map(({ content }) => (content.kind === 'text' ? content.text : content.kind)),
    bring: (query, request) => ask('/sms/messages', query, request),
    reports: (query, request) => ask('/sms/reports', query, request),
    answer: (to, reply, effect = 'conversation/one/0') =>
      channel.send({ channel: 'sms', chat: to, sender: to }, reply, branded<ConversationId>('conversation'), effect),
  };
}

export function replyOf(text: string, more: Partial<Reply> = {}): Reply {
  return { language: 'id', text, choices: [], personal: false, ...more };
}
