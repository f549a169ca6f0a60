import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { conversationAt } from '../../../src/backends/system/conversation-id.ts';
import { keysFrom } from '../../../src/backends/system/keys.ts';

const keys = keysFrom('a secret of the right length for it');
const address = { channel: 'telegram', chat: '4711', sender: '4712' };

describe("a conversation's id", () => {
  it('has 128 bits and is always the same for the same address', () => {
    const id = conversationAt(keys, address);
    expect(id).toMatch(/^[\w-]{22}$/);
    expect(Buffer.from(id, 'base64url')).toHaveLength(16);
    expect(conversationAt(keysFrom('a secret of the right length for it'), { ...address })).toBe(id);
  });

  it('says nothing to those who do not have the secret', () => {
    expect(conversationAt(keysFrom('another secret of the right length'), address)).not.toBe(
      conversationAt(keys, address),
    );
  });

  it.each([',', ':', '/', '|', ' ', '\0', '"', '","', ''])(
    'is another when the same text is cut elsewhere (at %j)',
    (cut) => {
      const [one, other] = [
        { channel: `a${cut}b`, chat: 'c', sender: 'd' },
        { channel: 'a', chat: `b${cut}c`, sender: 'd' },
      ];
      expect(conversationAt(keys, one)).not.toBe(conversationAt(keys, other));
    },
  );

  it('is another for another channel, chat or sender', () => {
    const part = fc.oneof(
      fc.constantFrom('', ',', '"', '","', '\\', '\ud800', '\udfff', '\ufffd', 'a', 'ab'),
      fc.string(),
    );
    const anAddress = fc.record({ channel: part, chat: part, sender: part });
    fc.assert(
      fc.property(anAddress, anAddress, (one, other) => {
        const alike = one.channel === other.channel && one.chat === other.chat && one.sender === other.sender;
        expect(conversationAt(keys, one) === conversationAt(keys, other)).toBe(alike);
      }),
      { numRuns: 2_000 },
    );
  });
});
