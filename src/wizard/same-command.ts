import type { CommandContext } from '../cli/command-context.js'
import { withRegion } from '../cli/typed-line.js'
import { shellWord } from '../command-line.js'
import type { MappingSettings } from '../mapping.js'
import type { RepairTold } from '../report/outcome.js'
import type { GivenNames, TargetAnswers } from './target-steps.js'

/** The command line that was typed, with every answer in the place of its question. */
export function sameWithoutQuestions(
  answers: TargetAnswers,
  given: GivenNames,
  chosen: MappingSettings,
  repairs: readonly RepairTold[],
  { host, globals, connection }: Pick<CommandContext, 'host' | 'globals' | 'connection'>,
): string {
  const words = [...(given.queue === undefined ? [answers.queue] : []), answers.function]
  const flags = [...settingFlags(chosen).map(shellWord), ...fixFlag(repairs, host.argv), '--yes']
  return withRegion(host.argv, globals.region, connection.region, { words, flags })
}

/** `--fix` makes all repairs: whoever declined one gets a command that makes none. */
function fixFlag(repairs: readonly RepairTold[], argv: readonly string[]): readonly string[] {
  const all = repairs.length > 0 && repairs.every(({ outcome }) => outcome === 'made')
  return all && !argv.includes('--fix') ? ['--fix'] : []
}

function settingFlags(settings: MappingSettings): readonly string[] {
  const { batchSize, batchWindowSeconds, maxConcurrency, reportBatchItemFailures, filters = [] } = settings
  const flag = (name: string, value: number | undefined) => (value === undefined ? [] : [name, String(value)])
  return [
    ...flag('--batch-size', batchSize),
    ...flag('--batch-window', batchWindowSeconds),
    ...flag('--max-concurrency', maxConcurrency),
    ...(reportBatchItemFailures ? ['--report-batch-item-failures'] : []),
    ...filters.flatMap((filter) => ['--filter', filter]),
  ]
}
