import type { Verdict } from '../../src/permissions/decision.js'
import { pollActions } from '../../src/permissions/role-policy.js'
import type { IamCaller, IamCase } from './iam-case.js'

/** A case that says only how it differs from a role that may poll its queue, or from a user without policies. */
export interface ShortCase
  extends Partial<Omit<IamCase, 'function' | 'queue' | 'caller' | 'expect' | 'id' | 'description'>> {
  readonly id: string
  readonly description: string
  /** The page that says what the verdict must be. */
  readonly source: string
  readonly function?: Partial<IamCase['function']>
  readonly queue?: Partial<IamCase['queue']>
  readonly caller?: Partial<IamCaller>
  /** One verdict for all actions, or those that differ from `others`. */
  readonly expect: Verdict | (Readonly<Record<string, Verdict>> & { readonly others: Verdict })
}

const queueArn = 'arn:aws:sqs:us-east-1:111122223333:orders'

export function wholeCase(short: ShortCase): IamCase {
  const { expect, caller, source: _, ...rest } = short
  const queue = { arn: queueArn, encryption: 'none', tags: {}, ...short.queue }
  const wholeCaller = caller === undefined ? null : { ...someUser, ...caller }
  const asked = Object.keys(
    wholeCaller?.actions ?? Object.fromEntries(pollActions.map((action) => [action, ''])),
  )
  const names = wholeCaller === null && queue.kmsKeyArn ? [...asked, 'kms:Decrypt'] : asked
  const verdictOf = (name: string) => (typeof expect === 'string' ? expect : (expect[name] ?? expect.others))
  const actions = Object.fromEntries(names.map((name) => [name, verdictOf(name)]))
  const trust = typeof expect === 'string' ? 'allowed' : (expect.trust ?? 'allowed')
  const all = [...Object.values(actions), ...(wholeCaller === null ? [trust] : [])]
  return {
    ...{ boundary: null, scps: null, rcps: null, queuePolicy: null, keyPolicy: null, kmsGrant: null },
    rolePolicies: [[{ Effect: 'Allow', Action: pollActions, Resource: queue.arn }]],
    ...rest,
    subject: wholeCaller === null ? 'role' : 'caller',
    queue,
    function: { ...someFunction, ...short.function },
    caller: wholeCaller,
    expect: { overall: gravest(all), actions, ...(wholeCaller === null ? { trust } : {}) },
  }
}

function gravest(verdicts: readonly Verdict[]): Verdict {
  return (['denied', 'unknown'] as const).find((verdict) => verdicts.includes(verdict)) ?? 'allowed'
}

const someFunction = {
  arn: 'arn:aws:lambda:us-east-1:111122223333:function:worker',
  roleArn: 'arn:aws:iam::111122223333:role/service-role/worker-role',
  trust: [{ Effect: 'Allow', Principal: { Service: 'lambda.amazonaws.com' }, Action: 'sts:AssumeRole' }],
  roleTags: {},
  orgId: null,
}

const someUser: IamCaller = {
  arn: 'arn:aws:iam::111122223333:user/dev',
  kind: 'user',
  policies: [],
  boundary: null,
  sessionPolicy: null,
  tags: {},
  tagsKnown: true,
  sends: {},
  actions: { 'sqs:SendMessage': queueArn },
}
