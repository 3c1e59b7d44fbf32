import { limits } from '../../limits.js'
import type { GeneratedPolicy } from '../../permissions/policy-template.js'
import { queueViaService } from '../../permissions/via-service.js'
import type { PolicyRequest, PolicyTarget } from './request.js'

type Choices = Pick<PolicyRequest, 'keyCondition'>

/** What whoever uses the documents has to know, a sentence or two each. */
export function policyWarnings(
  documents: readonly GeneratedPolicy[],
  target: PolicyTarget,
  { asked, choices }: { readonly asked: boolean; readonly choices: Choices },
): readonly string[] {
  const has = (part: GeneratedPolicy['for']) => documents.find((document) => document.for === part)
  const caller = has('caller')
  const statements = documents.filter(({ complete }) => !complete)
  return [
    ...(caller && target.caller === null ? [nobody] : []),
    ...(caller && !asked ? [unread(target)] : []),
    ...(has('fix') ? [escalation(target)] : []),
    ...(has('queue') && isOneAccount(target) ? [needless(target)] : []),
    ...(choices.keyCondition === 'none' ? [] : undocumented(target, choices)),
    ...documents.filter(isTooLong).map(tooLong),
    ...statements.map(
      ({ for: part, attachTo }) =>
        `The document for the ${part} holds one statement: add it to the policy of ${attachTo?.arn ?? `the ${part}`}, and never replace that policy with it.`,
    ),
  ]
}

const nobody =
  'Nobody knows who is to run the commands: the caller’s document is for an IAM user. For a role, or to narrow it, give --caller-arn.'

const isOneAccount = ({ queue, function: called }: PolicyTarget) => queue.account === called.account

/** https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic_policy-eval-basics.html */
function needless({ queue, function: called }: PolicyTarget): string {
  return `You do not need the document for the queue: ${queue.name} and ${called.name} are in one account, where the policy of the role is enough.`
}

function unread({ queue, deadLetterQueueArn, logGroup }: PolicyTarget): string {
  const queues =
    deadLetterQueueArn === null
      ? `a dead-letter queue of ${queue.name} is not in the caller’s document (give --dead-letter-queue), and`
      : ''
  return `AWS was not asked: ${queues} the log group is taken to be ${logGroup}.`.replace(/ {2,}/g, ' ')
}

/** https://docs.aws.amazon.com/kms/latest/developerguide/conditions-kms.html#conditions-kms-via-service */
function undocumented({ keyArn, queue }: PolicyTarget, { keyCondition }: Choices): readonly string[] {
  if (keyArn === null || queueViaService(queue.region, queue.partition) !== undefined) return []
  const bound = keyCondition === 'context' ? 'to this queue’s messages alone' : 'to nothing'
  return [`What kms:ViaService says in ${queue.partition} is not documented: the key is bound ${bound}.`]
}

function escalation({ roleArn, boundaryArn }: PolicyTarget): string {
  const given = `Whoever has the document for --fix can give role ${roleArn?.split('/').at(-1) ?? ''}`
  return boundaryArn === null
    ? `${given} any right: hand it out to few. With a permissions boundary on the role, --boundary-arn binds it.`
    : `${given} any right within its permissions boundary: hand it out to few.`
}

/** Of a user's or role's inline policies all count together, so only managed policies have a limit of their own. */
const isTooLong = ({ for: part, characters }: GeneratedPolicy) =>
  (part === 'caller' || part === 'fix') && characters > limits.managedPolicyMaximum.value

function tooLong({ name, characters }: GeneratedPolicy): string {
  const maximum = limits.managedPolicyMaximum.value
  return `${name} has ${characters.toLocaleString('en')} characters; a managed policy takes ${maximum.toLocaleString('en')}. Divide it into two.`
}
