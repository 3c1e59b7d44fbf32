import { removeStackCommand } from '../../command-line.js'
import { SqsTriggerError } from '../../errors.js'
import type { StackEvent } from '../../stack.js'
import { explainError } from '../explain-error.js'
import type { Session } from '../session.js'
import type { WatchedStack } from './watch-stack.js'
import { isOfStack } from './watch-stack.js'

/**
 * Why a stack was not made: the first resource that failed, in the words of AWS and in ours, and in what state it left the
 * stack. https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/determine-root-cause-for-stack-failures.html
 */
export function creationFailed(
  { status, events }: WatchedStack,
  name: string,
  { clients }: Session,
): SqsTriggerError {
  const rest =
    status === 'ROLLBACK_COMPLETE'
      ? 'CloudFormation took back all that it had made.'
      : status === 'ROLLBACK_FAILED'
        ? 'CloudFormation could not take back everything that it had made.'
        : ''
  const remove = removeStackCommand(clients, name)
  const leftOver = `Stack ${name} is ${status}: it can only be deleted, then made again.`
  return failure(`Stack ${name} was not made`, rest, firstFailure(events), [leftOver, remove])
}

/** Why a stack was not deleted. What stays is named by CloudFormation; deleting again tries again. */
export function deletionFailed(
  { events }: WatchedStack,
  name: string,
  { clients }: Session,
): SqsTriggerError {
  const last = events.findLast((event) => isOfStack(event) && event.reason !== null)
  const again = ['What was deleted is gone. Once the cause is mended:', removeStackCommand(clients, name)]
  const rest = last?.reason ? `CloudFormation says: ${last.reason.trim()}` : ''
  return failure(`Stack ${name} was not deleted`, rest, firstFailure(events), again)
}

function failure(
  what: string,
  rest: string,
  first: StackEvent | undefined,
  hints: readonly string[],
): SqsTriggerError {
  const reason = reasonOf(first)
  const explained = reason === undefined ? undefined : explainError(reason)
  const cause =
    first === undefined
      ? '.'
      : `: ${first.resource} (${first.resourceType}) failed. ${explained?.message ?? ''} AWS says: ${reason ?? 'nothing more'}`
  const message = [`${what}${cause}`.replaceAll('  ', ' '), rest].filter((part) => part !== '').join(' ')
  // Of its lines those that are no command and announce none: which one helps is known here.
  const advice = explained?.hint.split('\n').filter((line) => !/^(?:aws|sqs-trigger) |:$/.test(line)) ?? []
  const code = explained?.code === 'ACCESS_DENIED' ? 'ACCESS_DENIED' : 'REJECTED_BY_AWS'
  const rights = code === 'ACCESS_DENIED' ? [rightsWords] : []
  return new SqsTriggerError(code, message, { hint: [...advice, ...rights, ...hints].join('\n') })
}

const rightsWords =
  'CloudFormation works with your rights; `sqs-trigger quickstart --print policy` prints what it takes.'

/** What was cancelled because of another failure is none. */
const firstFailure = (events: readonly StackEvent[]) =>
  events.find(
    (event) =>
      event.status.endsWith('_FAILED') && !isOfStack(event) && !/cancelled$/i.test(event.reason ?? ''),
  )

/** What the service said, out of the frame that CloudFormation puts around it. */
function reasonOf(event: StackEvent | undefined): string | undefined {
  if (event?.reason == null) return undefined
  const [, framed] =
    /^Resource handler returned message: "([\s\S]*)" \(RequestToken: /.exec(event.reason) ?? []
  const text = (framed ?? event.reason).trim()
  return /[.!?)]$/.test(text) ? text : `${text}.`
}
