import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    exclude: ['test/wider/**'],
    // What people see must not depend on the machine that runs the tests.
    env: {
      NO_COLOR: '1',
      TZ: 'UTC',
      LANG: 'C.UTF-8',
      AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true',
    },
    testTimeout: 20_000,
    // Vitest would use one core less than there are, although the tests mostly wait for processes.
    maxWorkers: 2,
  },
})
