import { expect, test } from 'vitest'
import { baselineOf, type Moment, tryKill } from './cell.js'
import { matrixCommands } from './commands.js'
import { type NumberedCall, nameOf } from './numbered-calls.js'
import { tally, wholeMatrix } from './tally.js'

const moments: readonly Moment[] = ['before', 'after']
const changes = /^(?:Create|Delete|Put|Set|Start|Tag|Update)/

/** Of two changes the first is made: the second has nothing to go by but what is there. */
const isBeforeRevoking = ({ call, moment }: { readonly call: NumberedCall; readonly moment: Moment }) =>
  call.operation === 'DeleteRolePolicy' && moment === 'before'

test.each(matrixCommands)('$name, killed at any point', async (command) => {
  const baseline = await baselineOf(command)
  const cells = baseline.calls.flatMap((call) => moments.map((moment) => ({ call, moment })))
  // In the sample some, and of each command the last call that changes something, when AWS has done it.
  const writing = cells.findLast(({ call, moment }) => moment === 'after' && changes.test(call.operation))
  const chosen = cells.filter(
    (cell, n) => wholeMatrix || n % 74 === 73 || cell === writing || isBeforeRevoking(cell),
  )
  const objections = await tally(`${command.name}, killed`, chosen, async ({ call, moment }) => {
    const found = await tryKill(command, call, moment, baseline)
    return found.map((objection) => `${nameOf(call)}, killed ${moment} it: ${objection}`)
  })
  expect(objections).toEqual([])
})
