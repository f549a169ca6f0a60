import { expect, it } from 'vitest';
import { isFrom } from '../../../src/bots/sms/sources.ts';

it.each([
  [['loopback'], '127.0.0.1', true],
  [['loopback'], '::1', true],
  [['loopback'], '::ffff:127.0.0.1', true],
  [['loopback'], '10.0.0.1', false],
  [['uniquelocal'], '10.1.2.3', true],
  [['uniquelocal'], '::ffff:192.168.1.1', true],
  [['uniquelocal'], 'fd00::1', true],
  [['uniquelocal'], '172.32.0.1', false],
  [['203.0.113.7'], '203.0.113.7', true],
  [['203.0.113.7'], '::ffff:203.0.113.7', true],
  [['203.0.113.7'], '203.0.113.8', false],
  [['203.0.113.0/24', 'loopback'], '203.0.113.8', true],
  [['2001:db8::/32'], '2001:db8:1::2', true],
  [['2001:db8::/32'], '2001:db9::', false],
  [['loopback'], 'nowhere', false],
])('of %j is %s: %s', (networks, ip, expected) => {
  expect(isFrom(networks)(ip)).toBe(expected);
});
