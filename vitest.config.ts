import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['tests/**/*.test.ts'],
    maxWorkers: 2,
    testTimeout: 30_000,
    hookTimeout: 60_000,
    // The default of a second is not enough on a machine that has much to do.
    expect: { poll: { timeout: 15_000 } },
    reporters: ['default'],
  },
});
