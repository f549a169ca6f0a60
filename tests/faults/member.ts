import { join } from 'node:path';
import type { DemoMember } from '../../src/backends/demo/members.ts';
import { demoMembers } from '../../src/backends/demo/members.ts';
import { demoSeed } from '../../src/backends/demo/seed.ts';
import { openDatabase } from '../../src/backends/postgres/database.ts';
import { daySchema } from '../../src/core/jamsostek/month.ts';
import type { PostgresServer } from '../servers/postgres.ts';
import { handTo, type Worker } from './fleet.ts';
import type { Stage } from './stage.ts';

const day = daySchema.parse('2026-11-22');

/** A database of its own with the demo members in it; its address. */
export async function memberDatabase(postgres: PostgresServer): Promise<string> {
  const url = await postgres.createDatabase();
  const database = await openDatabase(
    { kind: 'server', url },
    { seed: demoSeed(day), templates: join(import.meta.dirname, '..', '..', '.cache') },
  );
  await database.close();
  return url;
}

/** The demo members that a code can be sent to and nothing stands in the way of. */
export const plainMembers: readonly DemoMember[] = demoMembers(day).filter(
  ({ phone, deceased, claimInProgress, memberships }) =>
    phone !== null && !deceased && !claimInProgress && memberships.length > 0,
);

/** One demo member in one chat. */
export class Member {
  readonly chat: string;
  readonly #stage: Stage;
  readonly #who: DemoMember;
  #said = 0;

  constructor(stage: Stage, chat: string, nth: number) {
    const who = plainMembers[nth];
    if (!who) throw new RangeError(`There is no plain member ${nth}`);
    this.chat = chat;
    this.#stage = stage;
    this.#who = who;
  }

  get nik(): string {
    return this.#who.nik;
  }

  get replies(): readonly string[] {
    return this.#stage.platform.textsTo(this.chat);
  }

  /** Says something to this worker, or to anyone, without waiting for an answer. */
  async sends(text: string, { worker, writtenAt }: { worker?: Worker; writtenAt?: number } = {}): Promise<void> {
    this.#said += 1;
    const event = {
      id: `${this.chat}-${this.#said}`,
      chat: this.chat,
      text,
      ...(writtenAt !== undefined && { writtenAt }),
    };
    const { fleet, chance } = this.#stage;
    if (worker === undefined) {
      await fleet.deliver(event, chance);
      return;
    }
    const handed = await handTo(worker, event);
    if (handed !== 'taken') throw new Error(`The event ${event.id} was not taken: ${handed}`);
  }

  /** Says something and waits for the answer to it. */
  async says(text: string, worker?: Worker): Promise<string> {
    const before = this.replies.length;
    await this.sends(text, worker === undefined ? {} : { worker });
    await this.#stage.platform.until(() => this.replies.length > before);
    return this.replies.at(-1) ?? '';
  }

  /** Goes as far as the question for the code; resolves to the code. */
  async asksForCode(worker?: Worker): Promise<string> {
    for (const text of ['saldo', 'setuju']) await this.says(text, worker);
    const before = this.codes.length;
    await this.says(this.nik, worker);
    await this.#stage.platform.until(() => this.codes.length > before);
    return this.codes.at(-1) ?? '';
  }

  /** The codes that came by SMS. */
  get codes(): readonly string[] {
    return this.#stage.platform.textsTo(this.#who.phone ?? '').map((text) => /\d{6}/.exec(text)?.[0] ?? '');
  }
}

/** Another code of six digits. */
export function wrongFor(code: string, by = 1): string {
  return String((Number(code) + by) % 1_000_000).padStart(6, '0');
}
