import { expect, test } from 'vitest'
import { kebab } from '../../src/cli/options/flag-names.js'
import { globalOptions } from '../../src/cli/options/global-options.js'
import type { OptionSet } from '../../src/cli/options/options.js'
import { parseArguments } from '../../src/cli/parse-arguments.js'
import { everyCommand } from '../support/every-command.js'

test('no command takes --no- of a flag that has no such form', async () => {
  let tried = 0
  for (const { command } of everyCommand) {
    const options: OptionSet = { ...globalOptions, ...command.options }
    for (const [name, { kind }] of Object.entries(options)) {
      if (kind === 'negatable') continue
      tried += 1
      const argv = [`--no-${kebab(name)}`]
      await expect(parseArguments(command, argv), `${command.name} ${argv}`).rejects.toMatchObject({
        code: 'USAGE',
        message: expect.stringContaining(`--no-${kebab(name)}`),
      })
    }
  }
  expect(tried).toBeGreaterThan(200)
})
