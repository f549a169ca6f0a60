import { expect, it } from 'vitest';
import { KeyCache } from '../../../src/bots/whatsapp/key-cache.ts';

it('holds what was written last, and forgets what was written longest ago when there is too much', () => {
  const cache = new KeyCache();
  for (let nth = 0; nth < 5_000; nth += 1) cache.set(`session.${nth}`, nth);
  cache.set('session.0', 'again');
  cache.set('session.5000', 5_000);
  expect(cache.get('session.0')).toBe('again');
  expect(cache.get('session.1')).toBeUndefined();
  expect(cache.get('session.2')).toBe(2);
  // What was taken away is known to be gone, and not looked for again.
  cache.set('session.2', null);
  expect(cache.get('session.2')).toBeNull();
  cache.del('session.2');
  expect(cache.get('session.2')).toBeUndefined();
  cache.flushAll();
  expect(cache.get('session.5000')).toBeUndefined();
});
