import { describe, expect, it } from 'vitest';
import { branded } from '../../src/core/brand.ts';
import type { ConversationId } from '../../src/core/inbound.ts';
import type { Login, Logins, Mac } from '../../src/core/services.ts';
import { minute } from '../../src/core/time.ts';

const noon = Date.UTC(2026, 9, 31, 5);

/** What every implementation of {@link Logins} promises. `open` opens one that knows of nobody yet. */
export function loginsContract(name: string, open: () => Promise<Logins>): void {
  const login = (conversation: string, { member = 'member', channel = 'web' } = {}): Login => ({
    member: branded<Mac>(member),
    channel,
    conversation: branded<ConversationId>(conversation),
  });

  describe(`${name}: logins`, () => {
    it('knows the conversation in which a member was verified last, and only that', async () => {
      const logins = await open();
      await logins.begin(login('a'), noon);
      expect(await logins.isCurrent(login('a'), noon)).toBe(true);
      await logins.begin(login('b'), noon);
      expect(await logins.isCurrent(login('a'), noon)).toBe(false);
      expect(await logins.isCurrent(login('b'), noon)).toBe(true);
      await logins.begin(login('a'), noon);
      expect(await logins.isCurrent(login('a'), noon)).toBe(true);
      expect(await logins.isCurrent(login('b'), noon)).toBe(false);
    });

    it('keeps channels and members apart', async () => {
      const logins = await open();
      await logins.begin(login('a'), noon);
      await logins.begin(login('b', { channel: 'telegram' }), noon);
      await logins.begin(login('c', { member: 'somebody else' }), noon);
      expect(await logins.isCurrent(login('a'), noon)).toBe(true);
      expect(await logins.isCurrent(login('b', { channel: 'telegram' }), noon)).toBe(true);
      expect(await logins.isCurrent(login('c', { member: 'somebody else' }), noon)).toBe(true);
    });

    it('takes nobody for verified whom it does not know', async () => {
      const logins = await open();
      expect(await logins.isCurrent(login('a'), noon)).toBe(false);
    });

    it('remembers for as long as a session can last', async () => {
      const logins = await open();
      await logins.begin(login('a'), noon);
      expect(await logins.isCurrent(login('a'), noon + 60 * minute - 1)).toBe(true);
    });
  });
}
