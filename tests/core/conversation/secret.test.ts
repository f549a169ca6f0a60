import { describe, expect, it } from 'vitest';
import { branded } from '../../../src/core/brand.ts';
import { showsSecret } from '../../../src/core/conversation/secret.ts';
import { newSession, type State } from '../../../src/core/conversation/session.ts';
import type { MemberRef } from '../../../src/core/jamsostek/member.ts';
import type { Mac } from '../../../src/core/services.ts';

const { state: idle } = newSession('id', 0);
const nobody = branded<MemberRef>('nobody');
const mac = branded<Mac>('mac');
const challenge = { id: 'c', member: nobody, nik: mac, code: mac, expires: 0, wrong: 0, old: null };
const atCode: State = { at: 'code', goals: ['balance'], challenge };

describe('what nobody should leave on a screen', () => {
  it.each([
    '3171011501900001',
    'nik saya 3171 0115 0190 0001 ya',
    '317101150190000',
    '31710115019000012',
    '3171O11501900001',
  ])('a NIK, or what was meant as one, at any step: %s', (text) => {
    expect(showsSecret(text, idle)).toBe(true);
    expect(showsSecret(text, atCode)).toBe(true);
  });

  it.each(['482913', 'kodenya 482 913', '48291'])('a code where one is waited for: %s', (text) => {
    expect(showsSecret(text, atCode)).toBe(true);
    expect(showsSecret(text, idle)).toBe(false);
  });

  it.each(['saldo', '1', 'iuran bulan kemarin', '081234567890', 'kantor di jalan sudirman 12'])(
    'nothing else: %s',
    (text) => {
      expect(showsSecret(text, idle)).toBe(false);
      expect(showsSecret(text, atCode)).toBe(false);
    },
  );
});
