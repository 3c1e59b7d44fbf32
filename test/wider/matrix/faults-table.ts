import { expect, test } from 'vitest'
import { baselineOf, tryFault } from './cell.js'
import { matrixCommands } from './commands.js'
import { matrixFaults } from './faults.js'
import { nameOf } from './numbered-calls.js'
import { tally, wholeMatrix } from './tally.js'
import type { Way } from './way.js'

interface Part {
  /** Of so many parts of the table, each a file of its own so that they run side by side. */
  readonly of: number
  readonly part: number
}

/** A prime number that no table has as a factor. */
const stride = 1009

/**
 * Each call of each command with each fault, or a part of it. In the sample each third call meets one fault, and all
 * calls together meet every fault. Real processes wait out in real time what goes wrong for ever: that is not for a sample.
 */
export function faultsTable(way: Way, { part, of }: Part, sampleOf: number, wholeOf: number): void {
  test.each(matrixCommands)('$name, whatever goes wrong', async (command) => {
    const baseline = await baselineOf(command)
    const cells = baseline.calls.flatMap((call, row) =>
      matrixFaults.map((fault, column) => ({ call, fault, place: row * matrixFaults.length + column })),
    )
    // One place in so many, and another column in each row: the number of columns and this one have no common factor.
    const every = wholeMatrix ? wholeOf : sampleOf
    const chosen = cells
      .filter(({ place }) => place % every === 0)
      .filter(({ fault }) => wholeMatrix || way.steady || fault.reach !== 'kind')
      .filter((_, n) => n % of === part)
      // What is tried first says something about all of it.
      .toSorted((a, b) => ((a.place * stride) % cells.length) - ((b.place * stride) % cells.length))
    const objections = await tally(`${command.name}`, chosen, async ({ call, fault }) => {
      const found = await tryFault(command, call, fault, baseline, way)
      return found.map((objection) => `${nameOf(call)}, ${fault.name}: ${objection}`)
    })
    expect(objections).toEqual([])
  })
}
