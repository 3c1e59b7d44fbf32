import { expect, test } from 'vitest'
import { baselineOf, type Moment, tryKill } from './cell.js'
import { matrixCommands } from './commands.js'
import { nameOf } from './numbered-calls.js'
import { tally, wholeMatrix } from './tally.js'

const moments: readonly Moment[] = ['before', 'after']

test.each(matrixCommands)('$name, killed at any point', async (command) => {
  const baseline = await baselineOf(command)
  const cells = baseline.calls.flatMap((call) => moments.map((moment) => ({ call, moment })))
  const chosen = cells.filter(
    ({ call, moment }, n) =>
      wholeMatrix || n % 37 === 36 || (call.operation === 'DeleteRolePolicy' && moment === 'before'),
  )
  const objections = await tally(`${command.name}, killed`, chosen, async ({ call, moment }) => {
    const found = await tryKill(command, call, moment, baseline)
    return found.map((objection) => `${nameOf(call)}, killed ${moment} it: ${objection}`)
  })
  expect(objections).toEqual([])
})
