import type { CommandContext } from './command-context.js'
import { type Added, typedLine } from './typed-line.js'
import { usageError } from './usage-error.js'

/** One thing that has to be known before anything is done. */
export interface Needed {
  /** `the queue`, as it stands in a sentence. */
  readonly what: string
  readonly given: boolean
  /** What the line to run gets for it: `<queue>`, `--yes`. */
  readonly type: string
}

/**
 * Refuses where nobody can be asked: all that is missing at once, and the line that was typed with it.
 * @throws SqsTriggerError USAGE
 */
export function requireAnswers(
  needed: readonly Needed[],
  { host, streams, prompter }: Pick<CommandContext, 'host' | 'streams' | 'prompter'>,
): void {
  const asked = needed.filter(({ given }) => !given)
  const missing = asked.map(({ what }) => what)
  if (missing.length === 0 || prompter.interactive) return
  const list = missing.length === 1 ? missing[0] : `${missing.slice(0, -1).join(', ')} and ${missing.at(-1)}`
  const verb = missing.length === 1 ? 'is' : 'are'
  throw usageError(
    `${list} ${verb} needed, and nobody can be asked: ${whyNot(streams)}`,
    typedLine(host.argv, addedFor(asked)),
  )
}

function addedFor(asked: readonly Needed[]): Added {
  const types = asked.map(({ type }) => type)
  const isFlag = (type: string) => type.startsWith('-')
  return { gaps: types.filter((type) => !isFlag(type)), flags: types.filter(isFlag) }
}

function whyNot(streams: CommandContext['streams']): string {
  if (streams.stdin.isTTY !== true) return 'standard input is not a terminal'
  if (!streams.stderr.terminal) return 'standard error is not a terminal'
  return '--no-input or CI forbids questions'
}
