import { expect } from 'vitest';
import type { DemoMember } from '../../../src/backends/demo/members.ts';
import type { Rupiah } from '../../../src/core/jamsostek/rupiah.ts';
import { languages } from '../../../src/core/language.ts';
import type { Effect } from '../../../src/core/reply.ts';
import { type MessageKey, speeches } from '../../../src/core/speech.ts';
import { day, hour, type Instant, minute, second } from '../../../src/core/time.ts';
import type { Seat, Stage } from '../../conversations/stage.ts';

/** Somebody whose NIK is tried: a member who can be sent a code, or anybody for whom none is ever sent. */
export interface Person {
  readonly nik: string;
  /** Null: unknown, without a phone, or dead. */
  readonly member: DemoMember | null;
  /** What nobody else may ever read: this person's amounts and membership numbers. */
  readonly secrets: readonly string[];
}

interface Code {
  readonly person: Person;
  readonly digits: string;
  readonly at: Instant;
  wrong: number;
  used: boolean;
  /** It opens nothing, not even for whoever it was sent to: access is stopped, or was after it had been asked for. */
  dead: boolean;
}

/** A number in a notice that data was opened: it stops all access of this person, once. */
interface Alarm {
  readonly person: Person;
  readonly until: Instant;
}

interface Chat {
  readonly seat: Seat;
  /** All codes that this chat was challenged with, known and decoy alike; the last is the one that counts. */
  readonly codes: Code[];
  verified: { readonly person: Person; readonly since: Instant } | null;
  /** The same person was verified in another chat since, or stopped the access: it is told so when it asks for something. */
  replaced: boolean;
  /** Whose it is, where they agreed that it is remembered. */
  link: { readonly person: Person; readonly until: Instant } | null;
  lastSeen: Instant;
  /** The NIK that was last given, for whom the next code is. */
  person: Person | null;
  /** The choice that was pressed last, if nothing else was done since. */
  pressed: { readonly id: string; readonly at: Instant } | null;
  state: string;
}

/** Failed codes in a row for one NIK, and what they have led to. */
interface Failures {
  count: number;
  lockedUntil: Instant;
}

/**
 * What must be true of every conversation, kept apart from the program: it knows who has shown what to whom, when, and
 * says after each step what may have been said. It takes from the program only what a bystander sees: replies, SMS, and
 * the codes that were drawn.
 */
export class ConversationModel {
  readonly #stage: Stage;
  readonly #people: readonly Person[];
  readonly #chats = new Map<string, Chat>();
  readonly #failures = new Map<Person, Failures>();
  readonly #alarms = new Map<string, Alarm>();
  readonly #blocked = new Set<Person>();
  #sms: { readonly person: Person; readonly chat: Chat; readonly at: Instant }[] = [];

  constructor(stage: Stage, people: readonly Person[]) {
    this.#stage = stage;
    this.#people = people;
  }

  chat(seat: Seat): Chat {
    const known = this.#chats.get(seat.chat);
    if (known) return known;
    const chat: Chat = {
      seat,
      codes: [],
      verified: null,
      replaced: false,
      link: null,
      lastSeen: 0,
      person: null,
      pressed: null,
      state: 'idle',
    };
    this.#chats.set(seat.chat, chat);
    return chat;
  }

  /** What only memory held is lost, sending windows too; failures stay counted, and who was verified has to show it again. */
  restarted(): void {
    this.#sms = [];
    for (const chat of this.#chats.values()) {
      chat.verified = null;
      chat.pressed = null;
      chat.state = 'idle';
      for (const code of chat.codes) code.used = true;
    }
  }

  /** One inbound and what came of it; `typed` when it was six digits, `nik` when it was somebody's NIK, `press` a choice. */
  step(
    seat: Seat,
    given: {
      readonly typed?: string;
      readonly nik?: Person;
      readonly logout?: boolean;
      readonly press?: string;
      readonly alarm?: string;
    },
    effects: readonly Effect[],
    drawn: string | null,
  ): void {
    const chat = this.chat(seat);
    const now = this.#stage.time.now();
    if (chat.verified && (now - chat.lastSeen >= 15 * minute || now - chat.verified.since >= 60 * minute)) {
      chat.verified = null;
    }
    if (given.logout) chat.verified = null;
    // While the registry is away no NIK is taken: a code that is asked for then is for the one before.
    if (given.nik && this.#stage.registryUp) chat.person = given.nik;

    const wasVerified = chat.state === 'verified' && (chat.verified !== null || chat.replaced);
    const stepOpen = chat.state === 'code' && now - chat.lastSeen < 15 * minute;
    const right = given.typed !== undefined && stepOpen && this.#tryCode(chat, given.typed, now);
    const says = (key: MessageKey) => saysIn(effects, key);
    if (says('block.done')) this.#stopped(chat, given.alarm, now);
    if (says('erase.done') || says('withdraw.done')) chat.verified = null;
    if (says('erase.done') || says('withdraw.done') || says('forget.done')) chat.link = null;
    if (says('remember.done')) {
      const person = chat.verified?.person;
      if (!person) throw new Error('a chat was remembered of whoever was not verified');
      chat.link = { person, until: now + 30 * day };
    }
    if (says('code.sent_known')) {
      expect(chat.link && now < chat.link.until, 'only who agreed is known again, for thirty days').toBe(true);
      chat.person = chat.link?.person ?? null;
    }
    const state = this.#stage.outcome?.state ?? 'idle';
    if (state === 'verified' && !wasVerified) {
      expect(right, 'only the right code, in time, within the tries, verifies').toBe(true);
    }
    if (right && !says('block.done')) expect(state, 'the right code verifies').toBe('verified');
    chat.state = state;
    chat.lastSeen = now;

    const again = chat.pressed !== null && chat.pressed.id === given.press && now - chat.pressed.at < 3 * second;
    if (!again) chat.pressed = given.press === undefined ? null : { id: given.press, at: now };

    if (drawn !== null) this.#challenged(chat, drawn, now);
    this.#holdsPromises(chat, effects, again ? 0 : 1, now);
  }

  /** A code was typed where one is awaited. True when it must verify: then the chat is verified from now on. */
  #tryCode(chat: Chat, typed: string, now: Instant): boolean {
    const code = chat.codes.at(-1);
    if (!code || code.used || code.wrong >= 5 || now >= code.at + 5 * minute) return false;
    const failures = this.#failuresOf(code.person);
    if (now < failures.lockedUntil) return false;
    if (typed === code.digits && code.person.member && !code.dead) {
      code.used = true;
      failures.count = 0;
      failures.lockedUntil = 0;
      for (const other of this.#chats.values()) {
        if (other.verified?.person !== code.person) continue;
        other.verified = null;
        other.replaced = true;
      }
      chat.verified = { person: code.person, since: now };
      chat.replaced = false;
      return true;
    }
    code.wrong += 1;
    failures.count += 1;
    if (failures.count === 10) failures.lockedUntil = now + 30 * minute;
    if (failures.count === 20) failures.lockedUntil = now + 24 * hour;
    if (failures.count >= 50) failures.lockedUntil = Number.POSITIVE_INFINITY;
    return false;
  }

  #challenged(chat: Chat, digits: string, now: Instant): void {
    expect(chat.seat.private ?? true, 'no code is asked for in a group').toBe(true);
    const person = chat.person;
    if (!person) throw new Error('a code was drawn before any NIK was given');
    expect(now >= this.#failuresOf(person).lockedUntil, 'no code while locked').toBe(true);
    for (const code of chat.codes) code.used = true;
    chat.codes.push({ person, digits, at: now, wrong: 0, used: false, dead: this.#blocked.has(person) });
  }

  /** The last number that this person was told of, which stops the access; null when there is none. */
  alarmOf(person: Person): string | null {
    return [...this.#alarms].findLast(([, alarm]) => alarm.person === person)?.[0] ?? null;
  }

  /** An operator opened the access again. */
  lifted(person: Person): void {
    this.#blocked.delete(person);
  }

  /** Access was stopped, by a number or by who is verified here: every session of theirs, link and code is worth nothing. */
  #stopped(chat: Chat, number: string | undefined, now: Instant): void {
    const alarm = number === undefined ? undefined : this.#alarms.get(number);
    if (number !== undefined)
      expect(alarm && now < alarm.until, 'only a number that was sent stops anything').toBe(true);
    const person = alarm?.person ?? chat.verified?.person;
    if (!person) throw new Error('access was stopped of nobody');
    if (number !== undefined) this.#alarms.delete(number);
    this.#blocked.add(person);
    for (const other of this.#chats.values()) {
      if (other.link?.person === person) other.link = null;
      for (const code of other.codes) code.dead ||= code.person === person;
      if (other.verified?.person !== person) continue;
      other.verified = null;
      other.replaced = true;
    }
  }

  #holdsPromises(chat: Chat, effects: readonly Effect[], answers: number, now: Instant): void {
    const replies = effects.flatMap((effect) => (effect.kind === 'reply' ? [effect.reply] : []));
    expect(replies.length, 'one inbound, one reply; the same press again, none').toBe(answers);
    for (const { text, personal } of replies) {
      expect(text.length).toBeGreaterThan(0);
      expect(text.length).toBeLessThanOrEqual(1_024);
      if (personal) expect(chat.seat.private ?? true, 'nothing personal in a group').toBe(true);
      if (personal) expect(chat.verified, 'nothing personal before a right code').not.toBeNull();
      for (const person of this.#people) {
        if (chat.verified?.person === person) continue;
        for (const secret of person.secrets) expect(text, "nothing of somebody else's").not.toContain(secret);
      }
    }
    for (const effect of effects) {
      if (effect.kind !== 'sms') continue;
      const code = chat.codes.at(-1);
      if (effect.notice) {
        expect(code?.person.member?.phone, 'notices go to the phone on file').toBe(effect.to);
        const number = /\d{8}/.exec(effect.text)?.[0];
        if (code && number !== undefined) this.#alarms.set(number, { person: code.person, until: now + 72 * hour });
        continue;
      }
      expect(code && this.#blocked.has(code.person), 'no code once access is stopped').toBe(false);
      expect(code?.person.member?.phone, 'codes go to the phone on file').toBe(effect.to);
      expect(effect.text).toContain(code?.digits);
      if (code) this.#sms.push({ person: code.person, chat, at: now });
    }
    const sent = (within: number, of: (sms: { person: Person; chat: Chat }) => boolean) =>
      this.#sms.filter((sms) => sms.at > now - within && of(sms)).length;
    for (const person of this.#people) {
      expect(sent(10 * minute, (sms) => sms.person === person)).toBeLessThanOrEqual(3);
      expect(sent(day, (sms) => sms.person === person)).toBeLessThanOrEqual(5);
      expect(sent(60 * second, (sms) => sms.person === person && sms.chat === chat)).toBeLessThanOrEqual(1);
    }
    expect(sent(hour, (sms) => sms.chat === chat)).toBeLessThanOrEqual(5);
    expect(this.#stage.faults, 'no turn throws').toEqual([]);
  }

  #failuresOf(person: Person): Failures {
    const known = this.#failures.get(person);
    if (known) return known;
    const failures: Failures = { count: 0, lockedUntil: 0 };
    this.#failures.set(person, failures);
    return failures;
  }
}

/** Whether a reply begins, in some language, as this text does before its first value. */
function saysIn(effects: readonly Effect[], key: MessageKey): boolean {
  const beginnings = languages.map(
    (language) => speeches[language].text(key, { until: '|', minutes: '|' }).split('|', 1)[0],
  );
  return effects.some(
    (effect) => effect.kind === 'reply' && beginnings.some((beginning) => effect.reply.text.includes(beginning ?? '')),
  );
}

/** A demo member as a person of the model. */
export function personOf(member: DemoMember, total: Rupiah | null): Person {
  const reachable = member.phone !== null && !member.deceased;
  const amounts = total === null || total === 0 ? [] : [speeches.id.rupiah(total), speeches.en.rupiah(total)];
  return {
    nik: member.nik,
    member: reachable ? member : null,
    secrets: [...member.memberships.map(({ kpj }) => kpj), ...amounts],
  };
}
