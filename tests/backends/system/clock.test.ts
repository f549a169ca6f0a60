import { describe, expect, it } from 'vitest';
import { movableClock, systemClock } from '../../../src/backends/system/clock.ts';

describe('the system clock', () => {
  it("is the computer's clock", () => {
    const before = Date.now();
    const now = systemClock().now();
    expect(now).toBeGreaterThanOrEqual(before);
    expect(now).toBeLessThanOrEqual(Date.now());
  });
});

describe('the movable clock', () => {
  it('goes as its base does, ahead by all that it was advanced', () => {
    let base = 1_000;
    const clock = movableClock({ now: () => base });
    expect(clock.now()).toBe(1_000);
    clock.advance(60_000);
    base += 5;
    clock.advance(300);
    expect(clock.now()).toBe(61_305);
  });
});
