import { quickstartName, removeStackCommand, stackWords, toolCommand } from '../../command-line.js'
import { SqsTriggerError } from '../../errors.js'
import type { Stack } from '../../stack.js'
import type { Session } from '../session.js'
import type { QuickstartRequest } from './results.js'
import type { QuickstartOptions } from './template.js'

/**
 * Why a stack that is there cannot be what was asked for; null: it is, or is going to be.
 * States: https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/view-stack-events.html
 */
export function conflictOf(
  { name, status }: Stack,
  options: QuickstartOptions | null,
  request: QuickstartRequest,
  { clients }: Session,
): SqsTriggerError | null {
  const conflict = (message: string, ...hint: readonly string[]) =>
    new SqsTriggerError('CONFLICT', message, { hint: hint.join('\n') })
  const remove = removeStackCommand(clients, name)
  const again = toolCommand(clients, 'quickstart', ...stackWords(name))
  if (options === null) return foreign(name, clients)
  if (status.startsWith('DELETE_')) {
    const [what, then] =
      status === 'DELETE_FAILED' ? ['could not be deleted', 'Try again'] : ['is being deleted', 'Wait for it']
    return conflict(`Stack ${name} ${what} (${status}).`, `${then}, then make it again:`, remove)
  }
  if (/^(?:CREATE|ROLLBACK)_FAILED$|^ROLLBACK_COMPLETE$/.test(status)) {
    const message = `Stack ${name} is left over from a creation that failed (${status}): it can only be deleted.`
    return conflict(message, 'Delete it, then make it again:', remove)
  }
  if (status.endsWith('_IN_PROGRESS') && !/^(?:CREATE|ROLLBACK)_IN/.test(status)) {
    return conflict(`Somebody is changing stack ${name} (${status}).`, 'Once it is at rest:', again)
  }
  const differences = differencesOf(options, request)
  if (differences.length === 0) return null
  const other = toolCommand(clients, 'quickstart', '--name', `${name}-2`)
  return conflict(
    `Stack ${name} is there already, with other options: ${differences.join('; ')}.`,
    `Make another one beside it (${other}), or delete this one first:`,
    remove,
  )
}

/** A stack that was not made by us is neither used nor deleted. */
export function foreign(name: string, clients: Session['clients']): SqsTriggerError {
  const message = `Stack ${name} was not made by sqs-trigger quickstart, and is left alone.`
  const other = name === quickstartName ? `${quickstartName}-2` : quickstartName
  const hint = `Take another name: ${toolCommand(clients, 'quickstart', '--name', other)}`
  return new SqsTriggerError('CONFLICT', message, { hint })
}

/** Only what was asked for is compared. */
function differencesOf(is: QuickstartOptions, wanted: QuickstartRequest): readonly string[] {
  return [
    ...(wanted.fifo && !is.fifo ? ['its queue is a standard one, --fifo was asked for'] : []),
    ...(wanted.sms && !is.sms ? ['it sends no text messages, --sms was asked for'] : []),
    ...Object.entries(wanted.tags ?? {}).flatMap(([key, value]) => {
      const found = Object.hasOwn(is.tags, key) ? is.tags[key] : undefined
      if (found === value) return []
      return [`tag ${key} is ${found === undefined ? 'not there' : `"${found}"`}, "${value}" was asked for`]
    }),
  ]
}
