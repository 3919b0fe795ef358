import { defineConfig } from 'vitest/config';

/** The built page and the API, on a real processor and in a real browser. One file after the other: each has a home. */
export default defineConfig({
  test: {
    include: ['tests/**/*.test.ts'],
    fileParallelism: false,
    testTimeout: 60_000,
    hookTimeout: 60_000,
  },
});
