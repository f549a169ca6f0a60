import { join } from 'node:path';
import { auditLog } from '../../src/backends/audit/log.ts';
import { demoSeed } from '../../src/backends/demo/seed.ts';
import { directDocuments } from '../../src/backends/documents/direct.ts';
import { memoryAdmissions } from '../../src/backends/memory/admissions.ts';
import { memoryBreaker } from '../../src/backends/memory/breaker.ts';
import { memoryLogins } from '../../src/backends/memory/logins.ts';
import { auditTable } from '../../src/backends/postgres/audit.ts';
import { postgresBlocks } from '../../src/backends/postgres/blocks.ts';
import { postgresChats } from '../../src/backends/postgres/chats.ts';
import { postgresConsents } from '../../src/backends/postgres/consents.ts';
import { type Database, openDatabase } from '../../src/backends/postgres/database.ts';
import { postgresCodeFailures } from '../../src/backends/postgres/failures.ts';
import { postgresRegistry } from '../../src/backends/postgres/registry.ts';
import { conversationAt } from '../../src/backends/system/conversation-id.ts';
import { keysFrom } from '../../src/backends/system/keys.ts';
import type { Bot, Intake } from '../../src/bots/bot.ts';
import { shippedOffices } from '../../src/commands/offices.ts';
import { understanding } from '../../src/commands/open.ts';
import { conversation, type Outcome } from '../../src/core/conversation/converse.ts';
import { codeLength } from '../../src/core/conversation/limits.ts';
import type { Content, Inbound } from '../../src/core/inbound.ts';
import type { MemberRef } from '../../src/core/jamsostek/member.ts';
import { daySchema } from '../../src/core/jamsostek/month.ts';
import type { Phone } from '../../src/core/jamsostek/phone.ts';
import type { Effect, ReplyFile } from '../../src/core/reply.ts';
import {
  type Audit,
  type AuditEntry,
  type Documents,
  type Miss,
  type Random,
  type Registry,
  type Services,
  Unavailable,
} from '../../src/core/services.ts';
import type { Instant } from '../../src/core/time.ts';
import type { Engine } from '../../src/engine/engine.ts';
import { memoryEngine } from '../../src/engine/memory.ts';
import { verificationAt } from '../../src/verification/verification.ts';
import { ManualTime } from '../engine/manual-time.ts';

/** The day on which all conversations in tests take place. */
export const stageDay = daySchema.parse('2026-11-22');

const understand = understanding();
const templates = join(import.meta.dirname, '..', '..', '.cache');

let opened: Promise<Database> | undefined;

/** The registry with the demo members: one for all conversations of a test file. */
export function stageDatabase(): Promise<Database> {
  opened ??= openDatabase({ kind: 'memory' }, { templates, seed: demoSeed(stageDay) });
  return opened;
}

/** A member's address: a conversation of its own in a private chat, or with others in a group. */
export interface Seat {
  readonly chat: string;
  readonly private?: boolean;
  /** Where the flood limit holds, as on every channel but the terminal. */
  readonly guarded?: boolean;
  /** The network address that a web page's member comes from. */
  readonly source?: string;
  /** `stage` when not said. */
  readonly channel?: string;
  /** The telephone that it is, on a channel of telephones. */
  readonly phone?: Phone;
}

/** The whole assistant but for the channels, with time that stands still until it is moved. */
export class Stage {
  readonly time = new ManualTime();
  /** Everything that has been sent, in its order. */
  readonly effects: Effect[] = [];
  outcome: Outcome | null = null;
  /** Turns that threw: faults of the program. */
  readonly faults: unknown[] = [];
  registryUp = true;
  /** What was noted as not understood. */
  readonly misses: Miss[] = [];
  missesUp = true;
  /** What was recorded in the audit log, a repeated turn's entries twice. */
  readonly audited: AuditEntry[] = [];
  auditUp = true;
  /** What each picture and document was made from, by its content. */
  readonly made = new Map<string, string>();
  /** What replies go out through; without one they are only noted. */
  bot: Pick<Bot, 'send'> | null = null;
  /** Where the flood limit holds for what comes in through a bot, as on every channel but the terminal. */
  guarded = false;
  /** What bots hand their inbounds to. */
  readonly intake: Intake = {
    conversationAt: (address) => conversationAt(this.#keys, address),
    accept: async (inbound) => {
      const acceptance = await this.#engine.accept({ ...inbound, local: !this.guarded });
      this.#arrived.resolve();
      return acceptance;
    },
  };
  /** The code that was drawn last, for a known NIK or not. */
  get drawn(): string | null {
    return this.#random.drawn;
  }
  /** How many codes have been drawn. */
  get draws(): number {
    return this.#random.draws;
  }
  #engine: Engine;
  #breaker = memoryBreaker();
  #strangers = 0;
  #inbounds = 0;
  #inboundsAtStart = 0;
  #arrived = Promise.withResolvers<void>();
  #last: Inbound | null = null;
  readonly #database: Database;
  readonly #keys: Services['keys'];
  readonly #random: CountedRandom;

  /** `name` sets this stage apart from others on the same database: counters of one are not seen by another. */
  constructor(database: Database, name: string) {
    this.#database = database;
    this.#keys = keysFrom(`the keys of ${name}, long enough to be taken`);
    this.#random = new CountedRandom();
    this.#engine = this.#start();
  }

  /** Hands over what a member did and waits until it is handled; returns what was sent in answer. */
  async hear(content: Content, seat: Seat = { chat: 'a' }, writtenAt?: Instant): Promise<Effect[]> {
    const before = this.effects.length;
    this.#last = this.#inbound(content, seat, writtenAt);
    await this.#engine.accept(this.#last);
    await this.#engine.idle();
    return this.effects.slice(before);
  }

  /** Hands over everything before anything is handled; returns the texts of the replies. */
  async hearAtOnce(
    said: readonly { readonly content: Content; readonly seat: Seat; readonly writtenAt?: Instant }[],
  ): Promise<string[]> {
    const before = this.effects.length;
    await Promise.all(
      said.map(({ content, seat, writtenAt }) => this.#engine.accept(this.#inbound(content, seat, writtenAt))),
    );
    await this.#engine.idle();
    return this.effects.slice(before).flatMap((effect) => (effect.kind === 'reply' ? [effect.reply.text] : []));
  }

  /** Does what makes a bot bring an inbound, and waits until that is handled; resolves to what was sent in answer. */
  async hearThrough(bring: () => Promise<void> | void): Promise<Effect[]> {
    const before = this.effects.length;
    this.#arrived = Promise.withResolvers();
    await bring();
    await this.#arrived.promise;
    await this.#engine.idle();
    return this.effects.slice(before);
  }

  /** The platform brings the last event once more. */
  async repeatLast(): Promise<void> {
    if (!this.#last || this.#inbounds === this.#inboundsAtStart) return;
    await this.#engine.accept(this.#last);
    await this.#engine.idle();
  }

  /** In other chats of the whole service, so many codes that were sent are tried and found wrong. */
  async strangersFail(times: number): Promise<void> {
    for (let time = 0; time < times; time += 1) {
      this.#strangers += 1;
      await this.#breaker.count('wrong', { id: `stranger ${this.#strangers}`, wrong: 0, real: true }, this.time.now());
    }
  }

  #inbound(content: Content, seat: Seat, writtenAt?: Instant): Inbound {
    const from = { channel: seat.channel ?? 'stage', chat: seat.chat, sender: seat.chat };
    this.#inbounds += 1;
    return {
      id: `event-${this.#inbounds}`,
      conversation: conversationAt(this.#keys, from),
      from,
      content,
      private: seat.private ?? true,
      local: !(seat.guarded ?? false),
      ...(seat.source !== undefined && { source: seat.source }),
      ...(seat.phone !== undefined && { phone: seat.phone }),
      ...(writtenAt !== undefined && { writtenAt }),
    };
  }

  /** The registry holds this phone for the member from now on; what else there is of them is as before. */
  async setPhone(member: MemberRef, phone: Phone | null): Promise<void> {
    await asOwner(this.#database, 'update registry.members set phone = $2 where ref = $1', [member, phone]);
  }

  /** An operator opens the access of a member again. */
  async lift(member: MemberRef): Promise<void> {
    await postgresBlocks(this.#database).lift(member, this.time.now());
  }

  /** Access was never stopped for anybody: other stages on the same database have the same members, at other times. */
  async clearBlocks(): Promise<void> {
    await asOwner(this.#database, 'delete from registry.access_blocks', []);
  }

  /** Ends the engine and starts another: what only memory held is lost. */
  async restart(): Promise<void> {
    await this.#engine.stop();
    this.#inboundsAtStart = this.#inbounds;
    this.#engine = this.#start();
  }

  #start(): Engine {
    this.#breaker = memoryBreaker();
    const services: Services = {
      clock: this.time,
      random: this.#random,
      keys: this.#keys,
      registry: this.#switchable(postgresRegistry(this.#database)),
      failures: postgresCodeFailures(this.#database),
      consents: postgresConsents(this.#database),
      audit: this.#noted(auditLog({ table: auditTable(this.#database), keys: this.#keys })),
      chats: postgresChats(this.#database),
      blocks: postgresBlocks(this.#database),
      offices: shippedOffices(),
      documents: this.#watched(directDocuments),
      verification: verificationAt('https://jamsostek.example', this.#keys),
      misses: { note: async (miss) => this.#note(miss) },
      admissions: memoryAdmissions(),
      breaker: this.#breaker,
      logins: memoryLogins(),
    };
    return memoryEngine<Outcome>(
      {
        ...conversation(services, understand),
        send: async (effect, key, conversation) => {
          this.effects.push(effect);
          if (effect.kind === 'sms' || !this.bot) return { sent: true };
          return this.bot.send(effect.to, effect.reply, conversation, key);
        },
        watch: (event) => {
          if (event.kind === 'committed') this.outcome = event.outcome;
          if (event.kind === 'turn failed') this.faults.push(event.error);
        },
      },
      { clock: this.time, timer: this.time },
    );
  }

  /** The real log, or what it is like when nothing can be recorded; told is what it was asked to keep. */
  #noted(audit: Audit): Audit {
    return {
      record: async (entries) => {
        if (!this.auditUp) throw new Unavailable('audit');
        await audit.record(entries);
        this.audited.push(...entries);
      },
    };
  }

  /** The real documents; what they are made from is remembered. */
  #watched(documents: Documents): Documents {
    const watched =
      <Given>(make: (given: Given) => Promise<ReplyFile>) =>
      async (given: Given) => {
        const file = await make(given);
        this.made.set(file.content, JSON.stringify(given));
        return file;
      };
    return {
      lossStatement: watched((given) => documents.lossStatement(given)),
      balanceChart: watched((given) => documents.balanceChart(given)),
      contributionChart: watched((given) => documents.contributionChart(given)),
      card: watched((given) => documents.card(given)),
      statement: watched((given) => documents.statement(given)),
      letter: watched((given) => documents.letter(given)),
    };
  }

  #note(miss: Miss): void {
    if (!this.missesUp) throw new Unavailable('misses');
    this.misses.push(miss);
  }

  /** The real registry, or what it is like while the database does not answer. */
  #switchable(registry: Registry): Registry {
    const ask = async <Answer>(question: () => Promise<Answer>): Promise<Answer> => {
      if (!this.registryUp) throw new Unavailable('registry');
      return question();
    };
    return {
      memberByNik: (nik) => ask(() => registry.memberByNik(nik)),
      memberByKpj: (kpj) => ask(() => registry.memberByKpj(kpj)),
      memberByRef: (member) => ask(() => registry.memberByRef(member)),
      account: (member) => ask(() => registry.account(member)),
      contributions: (member, most) => ask(() => registry.contributions(member, most)),
      years: (member) => ask(() => registry.years(member)),
      floors: (member) => ask(() => registry.floors(member)),
      holder: (member) => ask(() => registry.holder(member)),
    };
  }
}

/** Runs one statement as the owner of an embedded database, which has one session for everybody. */
async function asOwner({ pool }: Database, sql: string, values: readonly (string | null)[]): Promise<void> {
  const session = await pool.connect();
  try {
    await session.query('begin; set local role none');
    await session.query(sql, [...values]);
    await session.query('commit');
  } finally {
    session.release();
  }
}

/** Different every time it is asked, and the same in every run. */
class CountedRandom implements Random {
  drawn: string | null = null;
  draws = 0;
  #asked = 0;

  id(): string {
    return `id-${this.#next()}-${this.#next()}`;
  }

  digits(length: number): string {
    const digits = String(this.#next() % 10 ** length).padStart(length, '0');
    if (length !== codeLength) return digits;
    this.draws += 1;
    this.drawn = digits;
    return digits;
  }

  #next(): number {
    this.#asked = (this.#asked * 1_103_515_245 + 12_345) % 2 ** 31;
    return this.#asked;
  }
}
