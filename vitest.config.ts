import { defineConfig } from 'vitest/config'

const test = {
  // What people see must not depend on the machine that runs the tests.
  env: {
    NO_COLOR: '1',
    TZ: 'UTC',
    LANG: 'C.UTF-8',
    AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true',
  },
  // Otherwise a style sheet that is imported as text would be empty.
  css: true,
  testTimeout: 20_000,
  hookTimeout: 20_000,
}

/** It replaces a module, so it loads its own. */
const replacing = ['test/operations/plan-wiring.test.ts']
/** Too long for every day: what takes longer, and the tables that let the sandbox act on what was judged. */
const wider = ['test/wider/**', 'test/preflight/agreement-!(settings).test.ts']

export default defineConfig({
  test: {
    // Vitest would use one core less than there are, although the tests mostly wait for processes.
    maxWorkers: 2,
    // Only with --coverage. What tests run as a process of its own is the bundle, and not counted.
    coverage: {
      provider: 'v8',
      include: ['src/**/*.ts'],
      reporter: ['text-summary', 'json-summary', 'html'],
    },
    projects: [
      {
        test: {
          ...test,
          name: 'tests',
          include: ['test/**/*.test.ts'],
          exclude: [...wider, ...replacing],
          // No module of this project keeps state, so loading it once a worker is enough.
          isolate: false,
        },
      },
      { test: { ...test, name: 'replacing', include: replacing } },
    ],
  },
})
