import { nameIn } from '../arn.js'
import { SqsTriggerError } from '../errors.js'
import { type SendPlan, takers } from '../operations/send/plan-sending.js'
import { briefingLines } from '../report/text/send-briefing.js'
import { tellBeside } from './beside-the-answer.js'
import type { CommandContext } from './command-context.js'

/**
 * Says what the messages will set going, and asks a person whether to send them. A script that typed the command has
 * agreed by typing it, and is told the same.
 * @throws SqsTriggerError INTERRUPTED when the person declines; nothing has been sent then.
 */
export async function agreeToSend(plan: SendPlan, context: CommandContext): Promise<void> {
  const { prompter, globals, reporter } = context
  tellBeside(briefingLines(plan), context)
  const taking = takers(plan.briefing)
  // Where nothing runs, nobody need agree.
  if (globals.yes || !prompter.interactive || taking?.length === 0) return
  reporter.pause()
  const names = taking?.map(({ functionArn }) => nameIn(functionArn)) ?? []
  if (!(await prompter.confirm(question(plan, names), true))) {
    throw new SqsTriggerError('INTERRUPTED', 'Cancelled. Nothing was sent.')
  }
}

/** Names what and where by itself: with --quiet nothing else stands above it. */
function question({ queue, messages, context }: SendPlan, names: readonly string[]): string {
  const what = messages.length === 1 ? '' : ` ${messages.length} messages`
  const runs = names.length === 0 ? '' : `, and let ${names.join(' or ')} run`
  return `Send${what} to ${queue.name} in ${context.account}, ${context.region}${runs}?`
}
