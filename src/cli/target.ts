import type { TargetAnswers } from '../wizard/target-steps.js'
import type { CommandContext } from './command-context.js'
import { requireAnswers } from './missing-answers.js'
import { withRegion } from './typed-line.js'

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
  const [{ runSteps }, { functionStep, queueStep }, { openWorkplace }] = await Promise.all([
    import('../wizard/step-machine.js'),
    import('../wizard/target-steps.js'),
    import('../wizard/workplace.js'),
  ])
  const workplace = openWorkplace(context)
  try {
    const answers = await runSteps<TargetAnswers>([
      queueStep(typed, workplace, context),
      functionStep(typed, workplace, context),
    ])
    context.reporter.note('The same without questions:')
    context.reporter.note(sameCommand(context, command === 'wire' || !agreed, typed, answers))
    return answers
  } finally {
    workplace.leave()
  }
}

/** What was typed, with the answers in the place of the questions. */
function sameCommand(
  { host, globals, connection }: CommandContext,
  asks: boolean,
  typed: Typed,
  answers: TargetAnswers,
): string {
  const names = [...(typed.queue === undefined ? [answers.queue] : []), answers.function]
  const agreed = asks && !globals.yes && !globals.dryRun ? ['--yes'] : []
  return withRegion(host.argv, globals.region, connection.region, { words: names, flags: agreed })
}
