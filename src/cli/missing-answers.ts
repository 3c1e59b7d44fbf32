import type { CommandContext } from './command-context.js'
import { usageError } from './usage-error.js'

/** One thing that has to be known before anything is done. */
export interface Needed {
  /** `the queue`, as it stands in a sentence. */
  readonly what: string
  readonly given: boolean
}

/**
 * Refuses where nobody can be asked: all that is missing at once, and one line that can be run.
 * @throws SqsTriggerError USAGE
 */
export function requireAnswers(
  needed: readonly Needed[],
  commandLine: string,
  { streams, prompter }: Pick<CommandContext, 'streams' | 'prompter'>,
): void {
  const missing = needed.filter(({ given }) => !given).map(({ what }) => what)
  if (missing.length === 0 || prompter.interactive) return
  const list = missing.length === 1 ? missing[0] : `${missing.slice(0, -1).join(', ')} and ${missing.at(-1)}`
  const verb = missing.length === 1 ? 'is' : 'are'
  throw usageError(`${list} ${verb} needed, and nobody can be asked: ${whyNot(streams)}`, commandLine)
}

function whyNot(streams: CommandContext['streams']): string {
  if (streams.stdin.isTTY !== true) return 'standard input is not a terminal'
  if (!streams.stderr.terminal) return 'standard error is not a terminal'
  return '--no-input, CI or TERM=dumb forbids questions'
}
