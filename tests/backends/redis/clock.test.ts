import { describe, expect, it } from 'vitest';
import { serverClock } from '../../../src/backends/redis/clock.ts';

/** A clock under test, with the time since the process began in the test's hands. */
function stage() {
  let passed = 0.25;
  return {
    clock: serverClock(() => passed),
    pass: (ms: number) => {
      passed += ms;
    },
  };
}

const noon = Date.UTC(2026, 10, 23, 12);

describe("the server's clock", () => {
  it('goes on from the last time that the server told', () => {
    const { clock, pass } = stage();
    clock.observe(noon);
    expect(clock.now()).toBe(noon);
    pass(1_500);
    expect(clock.now()).toBe(noon + 1_500);
  });

  it('cannot be read before the server has told the time', () => {
    const { clock } = stage();
    expect(() => clock.now()).toThrow(RangeError);
  });

  it('gives whole milliseconds', () => {
    const { clock, pass } = stage();
    clock.observe(noon);
    pass(1.7);
    expect(clock.now()).toBe(noon + 2);
  });

  it('is not set back by an answer that comes late', () => {
    const { clock, pass } = stage();
    clock.observe(noon);
    pass(3_000);
    // The server wrote it two seconds ago.
    clock.observe(noon + 1_000);
    expect(clock.now()).toBe(noon + 3_000);
  });

  it('is not set back by late answers in a row for as long as a quick one is remembered', () => {
    const { clock, pass } = stage();
    clock.observe(noon);
    for (let ms = 100; ms <= 5_000; ms += 100) {
      pass(100);
      clock.observe(noon + ms - 80);
      expect(clock.now()).toBe(noon + ms);
    }
  });

  it('is not set back by a late answer after a long silence', () => {
    const { clock, pass } = stage();
    clock.observe(noon);
    pass(3_600_000);
    clock.observe(noon + 3_600_000 - 900);
    expect(clock.now()).toBe(noon + 3_600_000);
  });

  it('follows a server that is set forward at once', () => {
    const { clock, pass } = stage();
    clock.observe(noon);
    pass(10);
    clock.observe(noon + 3_600_010);
    expect(clock.now()).toBe(noon + 3_600_010);
  });

  it('follows a server that is set back within ten seconds', () => {
    const { clock, pass } = stage();
    const hourBack = noon - 3_600_000;
    clock.observe(noon);
    for (let ms = 100; ms < 5_000; ms += 100) {
      pass(100);
      clock.observe(hourBack + ms);
      expect(clock.now()).toBe(noon + ms);
    }
    for (let ms = 5_000; ms <= 10_000; ms += 100) {
      pass(100);
      clock.observe(hourBack + ms);
    }
    expect(clock.now()).toBe(hourBack + 10_000);
  });
});
