import { roleNameOf } from '../../arn.js'
import type { Change } from '../../change.js'
import { reworded, SqsTriggerError } from '../../errors.js'
import type { Finding } from '../../preflight/finding.js'
import type { ApplyOptions } from '../requests.js'
import type { WirePlan } from '../results.js'

/** What was changed just before by us, and how long that may take to hold everywhere. */
export interface AskingAgain {
  readonly changed: ReadonlySet<Change['type']>
  readonly timeoutMs: number
}

export function askingAgain({ afterOwnWrite = false, propagationMs = 120_000 }: ApplyOptions): AskingAgain {
  const both: readonly Change['type'][] = ['role-policy', 'queue-attributes']
  const types = typeof afterOwnWrite === 'boolean' ? (afterOwnWrite ? both : []) : afterOwnWrite
  return { changed: new Set(types), timeoutMs: propagationMs }
}

interface Cause {
  /** What AWS does not go by yet. */
  readonly what: string
  readonly timeoutMs: number
}

/**
 * Our own change that explains this refusal, because AWS may not go by it yet; undefined: nothing of ours does, so that
 * the refusal is final. Each kind of change has texts of its own, and is no reason to wait for those of the other.
 */
export function pendingCause(error: unknown, { changed, timeoutMs }: AskingAgain): Cause | undefined {
  if (!(error instanceof SqsTriggerError)) return undefined
  const { code = '', message = '' } = error.aws ?? {}
  if (code !== 'InvalidParameterValueException') return undefined
  if (changed.has('role-policy') && ofRole.some((text) => text.test(message))) {
    return { what: 'the new permission of the role', timeoutMs }
  }
  if (changed.has('queue-attributes') && ofVisibility.test(message)) {
    return { what: 'the new visibility timeout of the queue', timeoutMs: Math.min(timeoutMs, attributesMs) }
  }
  return undefined
}

/**
 * AWS's texts for a role whose policies it does not see yet: only after we wrote one. AWS gives no number for IAM;
 * Terraform's provider waits two minutes.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/troubleshoot.html#troubleshoot_general_eventual-consistency
 */
const ofRole: readonly RegExp[] = [
  /execution role does not have permissions to call/i,
  /cannot be assumed by Lambda/i,
  /ensure the role can perform/i,
  /Lambda as a Trusted Entity/i,
]
/**
 * The one text for an attribute of the queue that does not hold everywhere yet: only after we set some. That takes up
 * to 60 seconds.
 * https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_SetQueueAttributes.html
 */
const ofVisibility = /^Queue visibility timeout: \d+ seconds is less than Function timeout/
const attributesMs = 90_000

/**
 * The refusal with what the preflight saw: AWS authorises before it tells whether a queue exists, so that a wrong ARN
 * and a missing permission can look the same.
 */
export function finalRefusal(error: unknown, plan: WirePlan, { changed }: AskingAgain): unknown {
  if (!(error instanceof SqsTriggerError)) return error
  const text = error.aws?.message ?? ''
  const [, action] = lacksPermission.exec(text) ?? []
  const more =
    action !== undefined
      ? ofPermission(action, plan, changed.has('role-policy'))
      : noSuchQueue.test(text)
        ? { words: ofMissingQueue(plan) }
        : undefined
  if (more === undefined) return error
  return reworded(error, { message: `${error.message} ${more.words}`, hint: more.hint }, error)
}

interface More {
  readonly words: string
  /** A command that mends it, or what to do; undefined: the error's own hint is the best there is. */
  readonly hint?: string | undefined
}

const lacksPermission = /execution role does not have permissions to call (\w+)/i
const noSuchQueue = /SQS Error Code: AWS\.SimpleQueueService\.NonExistentQueue/

function ofPermission(action: string, plan: WirePlan, ownWrite: boolean): More {
  const { roleArn, queueArn } = plan.target
  const role = roleArn === null ? 'the role' : `role ${roleNameOf(roleArn)}`
  const finding = plan.findings.find(({ rule }) => rule === rulesOf[action])
  // Only where its policies were seen to allow it now is waiting what is left to do.
  if (ownWrite && finding?.status === 'pass') {
    return {
      words: `AWS does not go by the new permission of ${role} yet: the same command goes on from here.`,
    }
  }
  if (!wasSeen(plan)) {
    const doubt = `either ${role} that lacks the permission, or ${queueArn} that is wrong`
    return { words: `The queue could not be seen, so that it is ${doubt}: check Region, account and name.` }
  }
  const gap =
    finding?.status === 'pass'
      ? 'Its policies allow it as far as they can be read: a policy of the organization may refuse, or IAM may not go by a change of the last minutes yet.'
      : ownWrite && finding?.status !== 'fail'
        ? `Either ${role} lacks the permission, or AWS does not go by its new one yet: the policies could not be seen to allow it.`
        : `It is ${role} that lacks the permission.`
  return {
    words: `Queue ${queueArn} exists, as the preflight saw, so that its ARN is right. ${gap}`,
    hint: finding?.fix?.commands[0]?.text ?? whatToDo(finding, action, role),
  }
}

/** Where the ARN is known to be right, nothing has to be looked up any more. */
function whatToDo(finding: Finding | undefined, action: string, role: string): string {
  if (finding?.status === 'fail' && finding.fix) return finding.fix.summary
  return finding?.status === 'pass'
    ? `If sqs:${action} was allowed just now, run the same command again in a minute. If not, ask the administrator of the organization.`
    : `Add sqs:${action} to the policies of ${role}. If it was added just now, run the same command again in a minute.`
}

const rulesOf: Readonly<Record<string, string>> = {
  ReceiveMessage: 'role-lacks-receive-message',
  DeleteMessage: 'role-lacks-delete-message',
  GetQueueAttributes: 'role-lacks-get-queue-attributes',
}

function ofMissingQueue(plan: WirePlan): string {
  const { queueArn } = plan.target
  if (!wasSeen(plan)) {
    return `The role's permission was not what AWS objected to: check Region, account and name of ${queueArn}.`
  }
  return queueArn?.split(':')[4] === plan.context.account
    ? 'The preflight saw it a moment ago: it has been deleted since.'
    : 'The preflight saw it: in another account it can also mean that its policy does not let the role in.'
}

const wasSeen = ({ findings }: WirePlan) =>
  findings.some(({ rule, status }) => rule === 'queue-not-found' && status === 'pass')
