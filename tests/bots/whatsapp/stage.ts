import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { diskOwning } from '../../../src/backends/disk/owning.ts';
import { memoryAdmissions } from '../../../src/backends/memory/admissions.ts';
import { memoryProgress } from '../../../src/backends/memory/progress.ts';
import { systemClock } from '../../../src/backends/system/clock.ts';
import { keysFrom } from '../../../src/backends/system/keys.ts';
import { systemRandom } from '../../../src/backends/system/random.ts';
import { sealing } from '../../../src/backends/system/sealing.ts';
import { systemTimer } from '../../../src/backends/system/timer.ts';
import type { Acceptance } from '../../../src/bots/bot.ts';
import type { ChannelEvent, LinkState, World } from '../../../src/bots/channel.ts';
import type { Keep, Owning, Tenure } from '../../../src/bots/owning.ts';
import type { LinkSettings } from '../../../src/bots/whatsapp/connection.ts';
import type { Tuning } from '../../../src/bots/whatsapp/tuning.ts';
import { until } from '../../../src/bots/whatsapp/until.ts';
import { WhatsApp } from '../../../src/bots/whatsapp/whatsapp.ts';
import { branded } from '../../../src/core/brand.ts';
import type { ConversationId, Inbound } from '../../../src/core/inbound.ts';
import type { Reply } from '../../../src/core/reply.ts';
import type { SendResult } from '../../../src/core/sending.ts';
import { second } from '../../../src/core/time.ts';
import { Sequence } from '../../fakes/whatsapp/sequence.ts';
import { FakeWhatsApp } from '../../fakes/whatsapp/server.ts';

export const assistantPhone = '+6281110000001';

/** Linking makes and stores hundreds of keys. */
const linkLimit = 20 * second;

/** As fast as a test likes. */
export const quick: Tuning = {
  pace: { burst: 1_000, each: second },
  toLeave: 10 * second,
  toBeTaken: 5 * second,
  keepAlive: 15 * second,
};

/** One process's WhatsApp, and what it did. */
export interface Opened {
  readonly channel: WhatsApp;
  readonly reports: Sequence<ChannelEvent>;
  /** What the screen showed. */
  readonly shown: Sequence<string>;
  /** What the engine was given, and took. */
  readonly taken: Sequence<Inbound>;
  /** What the engine says to the next inbounds; it takes them when nothing is said. */
  answers: (inbound: Inbound) => Promise<Acceptance>;
  /** Resolves when it stands so, with the reason that was given. */
  stands(state: LinkState, why?: string): Promise<void>;
  /** Answers an inbound, as the engine would. `nth` is the reply's place in its turn. */
  reply(inbound: Inbound, reply: Partial<Reply>, nth?: number): Promise<SendResult>;
  close(): Promise<void>;
}

export interface OpenOptions {
  readonly linksBy?: 'code' | 'QR';
  readonly settings?: LinkSettings;
  readonly tuning?: Tuning;
  readonly world?: Partial<World>;
}

/** What processes own in this folder, sealed with a key made of this number, under a secret. */
export function owningIn(folder: string, sealingKey = 7, secret = 'the secret of these tests'): Owning {
  const ring = [new Uint8Array(32).fill(sealingKey)];
  return diskOwning({ folder, sealing: sealing(() => ring), keys: keysFrom(secret), timer: systemTimer() });
}

/** What an owner keeps, for as long as the test runs. Nothing is there yet. */
export async function keepOf(): Promise<Keep> {
  const folder = mkdtempSync(join(tmpdir(), 'kept-'));
  const begun = Promise.withResolvers<Keep>();
  const work = async ({ keep, ended }: Tenure) => {
    begun.resolve(keep);
    await until(ended);
  };
  const owned = owningIn(folder).own('whatsapp', work, begun.reject);
  onTestFinished(async () => {
    await owned.stop();
    rmSync(folder, { recursive: true, force: true });
  });
  return begun.promise;
}

/** A WhatsApp to talk to, and a place where processes keep what they own. */
export class Stage {
  readonly fake: FakeWhatsApp;
  readonly folder: string;
  readonly owning: Owning;

  constructor(fake: FakeWhatsApp) {
    this.fake = fake;
    this.folder = mkdtempSync(join(tmpdir(), 'whatsapp-'));
    this.owning = owningIn(this.folder);
  }

  /** A stage that is taken down with the test. */
  static async set(options: { readonly media?: boolean } = {}): Promise<Stage> {
    const fake = await FakeWhatsApp.start(options);
    const undo = fake.trustHere();
    const stage = new Stage(fake);
    onTestFinished(async () => {
      undo();
      await fake.close();
      rmSync(stage.folder, { recursive: true, force: true });
    });
    return stage;
  }

  /** A process, before it starts. */
  open({ linksBy = 'code', settings = {}, tuning = quick, world = {} }: OpenOptions = {}): Opened {
    const reports = new Sequence<ChannelEvent>();
    const shown = new Sequence<string>();
    const taken = new Sequence<Inbound>();
    const channel = new WhatsApp({
      channel: 'whatsapp',
      settings: { url: this.fake.url, ...(linksBy === 'code' && { pairWith: assistantPhone.slice(1) }), ...settings },
      tuning,
      world: {
        intake: {
          conversationAt: ({ chat }) => branded<ConversationId>(`conversation of ${chat}`),
          accept: async (inbound) => {
            const acceptance = await opened.answers(inbound);
            if (acceptance === 'taken') taken.add(inbound);
            return acceptance;
          },
        },
        clock: systemClock(),
        timer: systemTimer(),
        random: systemRandom(),
        owning: this.owning,
        admissions: memoryAdmissions(),
        progress: memoryProgress(),
        works: true,
        secret: () => 'secret',
        report: (event) => reports.add(event),
        show: (lines) => shown.add(lines),
        ...world,
      },
    });
    const opened: Opened = {
      channel,
      reports,
      shown,
      taken,
      answers: async () => 'taken',
      async stands(state, why) {
        await reports.wait((event) => event.kind === 'link' && event.state === state && event.why === why, linkLimit);
      },
      reply: ({ id, from, conversation }, reply, nth = 0) =>
        channel.send(
          from,
          { text: 'halo', language: 'id', choices: [], personal: false, ...reply },
          conversation,
          `${conversation}:${id}/${nth}`,
        ),
      async close() {
        await channel.stop();
        await channel.close();
      },
    };
    return opened;
  }

  /** A process that is linked and up; closed with the test. */
  async up(options: OpenOptions = {}): Promise<Opened> {
    const opened = this.open(options);
    onTestFinished(() => opened.close());
    opened.channel.start();
    if (this.fake.devices.length === 0) await this.enterCode(opened);
    await opened.stands('up');
    return opened;
  }

  /** Types the code that the screen shows on the owner's phone; not one that it showed before. */
  async enterCode({ shown }: Opened, before = ''): Promise<void> {
    const screen = await shown.wait((lines) => lines !== before && lines.includes('Type this code'), linkLimit);
    const [, first = '', last = ''] = /: (\w{4})-(\w{4})$/.exec(screen) ?? [];
    // The code is on the screen a moment before WhatsApp knows of it.
    const closed = this.fake.log.findLast(({ kind }) => kind === 'closed')?.n ?? 0;
    await this.fake.wait(({ kind }) => kind === 'code wanted', linkLimit, closed);
    await this.fake.owner(assistantPhone).enterCode(first + last);
  }
}
