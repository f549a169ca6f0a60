import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type DemoMember, demoMembers } from '../../../src/backends/demo/members.ts';
import type { Database } from '../../../src/backends/postgres/database.ts';
import { keysFrom } from '../../../src/backends/system/keys.ts';
import { noticeVersion } from '../../../src/core/conversation/consent-step.ts';
import type { Content } from '../../../src/core/inbound.ts';
import type { AuditEntry } from '../../../src/core/services.ts';
import { hour, minute } from '../../../src/core/time.ts';
import { goalIds } from '../../../src/core/topics/index.ts';
import { Stage, stageDatabase, stageDay } from '../../conversations/stage.ts';

let database: Database;
beforeAll(async () => {
  database = await stageDatabase();
});
afterAll(() => database.close());

const [member = fail()] = demoMembers(stageDay);

const text = (words: string): Content => ({ kind: 'text', text: words });
const choice = (id: string): Content => ({ kind: 'choice', id });

/** A stage with a chat on it, and what comes of what is done there: the reply, and what the audit log was given. */
function chatOn(name: string) {
  const stage = new Stage(database, name);
  return {
    stage,
    async does(content: Content) {
      const before = stage.audited.length;
      const effects = await stage.hear(content);
      const replies = effects.flatMap((effect) => (effect.kind === 'reply' ? [effect.reply] : []));
      const codes = effects.filter((effect) => effect.kind === 'sms' && effect.notice !== true);
      return { reply: replies[0], codes, audited: stage.audited.slice(before) };
    },
    /** Up to the code that verifies: its entries are of the step before. */
    async untilCode(who: DemoMember = member) {
      await this.does(text('saldo'));
      await this.does(choice('consent_yes'));
      await this.does(text(who.nik));
      return text(stage.drawn ?? '');
    },
  };
}

function actsOf(entries: readonly AuditEntry[]): string[] {
  return entries.map(({ act, detail }) => `${act} ${detail}`.trim());
}

describe('the audit log of a conversation', () => {
  it('has each step of a login, each view and the end, with the member by digest', async () => {
    const name = 'audited login';
    const chat = chatOn(name);
    expect(actsOf((await chat.does(text('call center'))).audited)).toEqual([]);
    expect(actsOf((await chat.does(text('saldo'))).audited)).toEqual([]);
    expect(actsOf((await chat.does(choice('consent_yes'))).audited)).toEqual([`consent given ${noticeVersion}`]);
    expect(actsOf((await chat.does(text('3210014101900001'))).audited)).toEqual(['code not sendable']);
    await chat.does(choice('change_nik'));
    expect(actsOf((await chat.does(text(member.nik))).audited)).toEqual(['code sent']);
    const { drawn } = chat.stage;
    expect(actsOf((await chat.does(text(drawn === '314159' ? '271828' : '314159'))).audited)).toEqual(['code wrong']);
    expect(actsOf((await chat.does(text(drawn ?? ''))).audited)).toEqual(['code right', 'viewed balance']);
    expect(actsOf((await chat.does(choice('digital_card'))).audited)).toEqual(['viewed digital_card']);
    expect(actsOf((await chat.does(choice('loss_statement'))).audited)).toEqual(['viewed loss_statement']);
    expect(actsOf((await chat.does(text('keluar'))).audited)).toEqual(['session ended logout']);

    const digest = keysFrom(`the keys of ${name}, long enough to be taken`).mac('audit', member.ref);
    const known = chat.stage.audited.filter(({ act }) => act !== 'consent given' && act !== 'code not sendable');
    expect(new Set(known.map((entry) => entry.member))).toEqual(new Set([digest]));
    expect(JSON.stringify(chat.stage.audited)).not.toContain(member.ref);
  });

  it('has why a session ended by itself, before anything else of that turn', async () => {
    const chat = chatOn('audited end');
    await chat.does(await chat.untilCode());
    await chat.stage.time.advance(16 * minute);
    expect(actsOf((await chat.does(text('call center'))).audited)).toEqual(['session ended time']);
    expect(actsOf((await chat.does(text('call center'))).audited)).toEqual([]);
  });

  it('has what is agreed to, ended and erased beside the balance', async () => {
    const chat = chatOn('audited wishes');
    await chat.does(await chat.untilCode());
    await chat.does(choice('remember_chat'));
    expect(actsOf((await chat.does(choice('consent_yes'))).audited)).toEqual([
      'consent given remember-2026-11',
      'chat linked',
    ]);
    expect(actsOf((await chat.does(choice('forget_chat'))).audited)).toEqual(['chat unlinked remember-2026-11']);
    expect(actsOf((await chat.does(choice('withdraw'))).audited)).toEqual([
      `consent withdrawn ${noticeVersion}`,
      'session ended withdraw',
    ]);
    await chat.does(choice('erase_chat'));
    expect(actsOf((await chat.does(choice('erase_yes'))).audited)).toEqual(['chat erased']);
  });

  it('has that access was stopped', async () => {
    const other = demoMembers(stageDay).find(({ scenario }) => scenario === 'new member') ?? fail();
    const chat = chatOn('audited stop');
    await chat.does(await chat.untilCode(other));
    expect(actsOf((await chat.does(choice('not_me'))).audited)).toEqual([
      'access blocked not_me',
      'session ended not_me',
    ]);
  });
});

describe('while the audit log cannot be kept', () => {
  it('nothing personal is shown, whatever is asked for, and the member is told to come back', async () => {
    const chat = chatOn('unaudited views');
    await chat.does(await chat.untilCode());
    chat.stage.auditUp = false;
    for (const goal of [...goalIds.filter((id) => id !== 'not_me'), 'loss_statement', 'estimate_jht']) {
      await chat.stage.time.advance(minute / 4);
      const { reply, audited } = await chat.does(choice(goal));
      expect(reply?.personal, goal).toBe(false);
      expect(reply?.file, goal).toBeUndefined();
      expect(reply?.text, goal).toContain('sedang tidak bisa dibuka');
      expect(audited).toEqual([]);
    }
    chat.stage.auditUp = true;
    expect((await chat.does(text('saldo'))).reply?.personal).toBe(true);
  });

  it('no code is sent, and a right one opens nothing and can be typed again', async () => {
    const chat = chatOn('unaudited login');
    await chat.does(text('saldo'));
    await chat.does(choice('consent_yes'));
    chat.stage.auditUp = false;
    expect((await chat.does(text(member.nik))).codes).toEqual([]);
    chat.stage.auditUp = true;
    await chat.stage.time.advance(hour / 6);
    await chat.does(text(member.nik));
    const code = text(chat.stage.drawn ?? '');
    chat.stage.auditUp = false;
    expect((await chat.does(code)).reply?.personal).toBe(false);
    expect(chat.stage.outcome?.state).toBe('code');
    chat.stage.auditUp = true;
    expect((await chat.does(code)).reply?.personal).toBe(true);
  });

  it('a session can be ended all the same', async () => {
    const chat = chatOn('unaudited end');
    await chat.does(await chat.untilCode());
    chat.stage.auditUp = false;
    expect((await chat.does(text('keluar'))).reply?.text).toContain('sudah keluar');
    expect(chat.stage.outcome?.state).toBe('idle');
  });
});

function fail(): never {
  throw new Error('the demo has such a member');
}
