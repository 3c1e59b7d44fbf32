import { iamAction } from '../action-names.js'
import { throttlingNames } from '../connection/throttling.js'
import { type Denial, denialHint, readDenial } from '../denial.js'
import type { FailedCall, KnownAnswer } from './known-answer.js'
import { command, operation, policyFor, queue, reason, serviceTitle, where } from './words.js'

/** Actions of the caller that a rule judges; its slug follows from the name. */
const judged: readonly string[] = [
  'lambda:CreateEventSourceMapping',
  'lambda:ListEventSourceMappings',
  'lambda:GetEventSourceMapping',
  'lambda:ListFunctions',
  'lambda:GetFunctionConfiguration',
  'lambda:TagResource',
  'sqs:GetQueueAttributes',
  'sqs:SendMessage',
]

function callerRule(action: string): string | undefined {
  const [, name = ''] = action.split(':')
  const words = name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)
  return judged.includes(action) ? `caller-lacks${words}` : undefined
}

function because({ kind, layer }: Pick<Denial, 'kind' | 'layer'>): string {
  if (layer === undefined) return kind === 'explicit' ? ': an explicit Deny' : ''
  // "permissions boundary" is the one layer that AWS names without the word "policy".
  const policy = layer.endsWith('boundary') ? layer : `${layer} policy`
  return kind === 'explicit' ? `: an explicit Deny in its ${policy}` : `: no ${policy} allows it`
}

function denied(denial: Denial): string {
  const { principal, action, resource } = denial
  const on = resource && resource !== '*' ? ` on ${resource}` : ''
  return `${principal} may not call ${iamAction(action)}${on}${because(denial)}.`
}

const called = ({ service, operation: name }: FailedCall) =>
  service && name ? iamAction(`${service}:${name}`) : 'the call'

const statementFor = (call: FailedCall) => ({ Effect: 'Allow', Action: called(call), Resource: '<arn>' })

/** Who may not do what, and what any service says when it is asked too often. */
export const accessAnswers: readonly KnownAnswer[] = [
  {
    slug: 'queue-key-denied',
    title: 'You may not use the key that encrypts the queue',
    code: 'ACCESS_DENIED',
    says: 'The ciphertext refers to a customer master key that does not exist, does not exist in this region, or you are not allowed to access.',
    when: [
      { names: /^(?:KmsAccessDenied|KMS\.AccessDeniedException)$/ },
      { text: /^The ciphertext refers to a customer master key that does not exist/ },
    ],
    rule: (_, call) => (call.operation.startsWith('Send') ? 'caller-lacks-key-for-test-message' : undefined),
    message: (call, { input }) => {
      const denial = readDenial(input)
      return `${queue(call)} is encrypted, and ${denial ? denied(denial) : 'you may not use its key.'}`
    },
    hint: (call, { input }) => {
      const denial = readDenial(input)
      const key = /arn:[\w-]+:kms:[\w:/-]+\w/.exec(input)?.[0] ?? '<key>'
      return [
        ...(denial?.layer === undefined ? [] : [denialHint(denial)]),
        'Sending needs kms:GenerateDataKey and kms:Decrypt on the key, receiving kms:Decrypt. The policy of the key:',
        command('aws', call, 'kms', 'get-key-policy', '--key-id', key, '--policy-name', 'default'),
      ].join('\n')
    },
  },
  {
    slug: 'access-denied',
    title: 'A permission is missing, or a policy denies the call',
    code: 'ACCESS_DENIED',
    says: 'User: arn:aws:iam::111122223333:user/dev is not authorized to perform: lambda:CreateEventSourceMapping on resource: * because no identity-based policy allows the lambda:CreateEventSourceMapping action',
    when: [
      { text: /\bUser: \S+ is not authorized to perform: / },
      { text: /^Access to the resource \S+ is denied/ },
      { names: /^(?:AccessDenied(?:Exception)?|AuthorizationError|UnauthorizedOperation)$/ },
    ],
    rule: ({ input }, call) => callerRule(iamAction(readDenial(input)?.action ?? called(call))),
    message: (call, { input }) => {
      const denial = readDenial(input)
      return denial ? denied(denial) : `AWS refused ${called(call)}${reason(input)}`
    },
    hint: (call, { input }) => {
      if (input === '') {
        if (call.service && call.operation)
          return `A statement that allows it, to hand on:\n${JSON.stringify(statementFor(call))}`
        return 'The end of the text names the policy that decides: paste all of it to see who can change that policy.'
      }
      const denial = readDenial(input)
      const owner = denialHint(denial)
      const missing = denial?.kind !== 'explicit' && /^(?:identity-based)?$/.test(denial?.layer ?? '')
      const named = call.queue !== undefined && call.function !== undefined
      return missing && named && callerRule(iamAction(denial?.action ?? called(call))) !== undefined
        ? `${owner} All that you need for this queue and function, to hand on:\n${policyFor(call, 'caller')}`
        : owner
    },
  },
  {
    slug: 'too-many-requests',
    title: 'AWS receives too many requests from this account',
    code: 'THROTTLED',
    says: 'Rate exceeded',
    when: [{ names: throttlingNames }, { text: /^Rate exceeded\.?$/i }],
    message: (call, _, { name }) => {
      const asked = /^K(?:ms|MS)/.test(name) ? 'KMS' : serviceTitle(call)
      return `${asked} is receiving too many requests from this account${where(call)}; ${operation(call)} was refused.`
    },
    hint: () => 'Wait a minute, then run the same command again.',
  },
]
