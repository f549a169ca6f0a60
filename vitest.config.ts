import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['tests/**/*.test.ts'],
    // On two cores: some files do little but wait for a gateway or a platform.
    maxWorkers: 3,
    testTimeout: 30_000,
    hookTimeout: 60_000,
    // The default of a second is not enough on a machine that has much to do.
    expect: { poll: { timeout: 15_000 } },
    reporters: ['default'],
  },
});
