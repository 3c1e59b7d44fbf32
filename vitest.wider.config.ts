import { defineConfig } from 'vitest/config'

/** What takes longer, or needs programs that a newcomer may not have: run by CI, and by `npm run test:wider`. */
export default defineConfig({
  test: {
    // The random agreement of preflight and sandbox stands in `npm test` too, on fewer worlds; the tables do not.
    include: ['test/wider/**/*.test.ts', 'test/preflight/agreement-*.test.ts'],
    env: {
      NO_COLOR: '1',
      MANY_RUNS: 'yes',
      TZ: 'UTC',
      LANG: 'C.UTF-8',
      AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true',
    },
    // Otherwise a style sheet that is imported as text would be empty.
    css: true,
    // All cells of the matrix are tried in one test for each command.
    testTimeout: process.env.MATRIX === 'all' ? 3_600_000 : 180_000,
    hookTimeout: 180_000,
  },
})
