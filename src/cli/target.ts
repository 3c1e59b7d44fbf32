import type { CommandContext } from './command-context.js'
import { requireAnswers } from './missing-answers.js'
import { typedLine } from './typed-line.js'
import { untilStopped } from './until-stopped.js'

interface Typed {
  readonly queue: string | undefined
  readonly function: string | undefined
}

/**
 * Queue and function, asked for where they are missing and a person is there.
 * @param agreed whether the command may go ahead without a question.
 * @throws SqsTriggerError USAGE naming everything that is missing, before any call is made.
 */
export async function target(
  typed: Typed,
  command: string,
  agreed: boolean,
  context: CommandContext,
): Promise<{ readonly queue: string; readonly function: string }> {
  const { queue, function: functionName } = typed
  requireAnswers(
    [
      { what: 'the queue', given: queue !== undefined, type: '<queue>' },
      { what: 'the function', given: functionName !== undefined, type: '<function>' },
      { what: '--yes (or --dry-run)', given: agreed, type: '--yes' },
    ],
    context,
  )
  if (queue !== undefined && functionName !== undefined) return { queue, function: functionName }
  const { clients } = await context.session()
  const [{ askTarget }, { liveTargets }] = await Promise.all([
    import('../wizard/ask-target.js'),
    import('../wizard/live-lists.js'),
  ])
  context.reporter.pause()
  const lists = liveTargets(clients)
  const source = {
    queues: () => untilStopped(lists.queues(), context.signal),
    functions: () => untilStopped(lists.functions(), context.signal),
  }
  const answers = await askTarget(typed, source, context.prompter, context.reporter.note)
  context.reporter.note('The same without questions:')
  context.reporter.note(sameCommand(context, command === 'wire' || !agreed, typed, answers))
  return answers
}

/** What was typed, with the answers in the place of the questions. */
function sameCommand(
  { host, globals }: CommandContext,
  asks: boolean,
  typed: Typed,
  answers: { readonly queue: string; readonly function: string },
): string {
  const names = [...(typed.queue === undefined ? [answers.queue] : []), answers.function]
  const agreed = asks && !globals.yes && !globals.dryRun ? ['--yes'] : []
  return typedLine(host.argv, { words: names, flags: agreed })
}
