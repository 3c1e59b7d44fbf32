import type { CallerIdentity } from '../aws/caller-identity.js'
import { readRole } from '../aws/execution-role.js'
import { readUserBoundary } from '../aws/principal-policies.js'
import { evaluate } from '../permissions/evaluate.js'
import { type PolicyHolder, principalOf, type Rest } from './access-question.js'
import { type Fact, known, readAsFact, unknown } from './fact.js'
import type { Judgement } from './facts.js'
import { type AccessJudge, type Answers, judgeAccessOf } from './judge-access.js'
import type { Reads } from './reads.js'

/** Who speaks for the caller: how to judge, and by which name policies know them. */
export interface Voice {
  readonly judge: AccessJudge
  readonly principalArn: string
}

/** Root, a user, a role or a session whose limits nobody can read: each is judged in its own way. */
export async function findVoice(reads: Reads): Promise<Voice> {
  const { clients, caller } = reads
  const speakAs = (judge: AccessJudge, principalArn: string): Voice => ({ judge, principalArn })
  if (caller.kind === 'root') return speakAs(judgeRoot(caller), caller.arn)
  const { name = '' } = caller
  const role = caller.kind === 'assumed-role' ? await readAsFact(readRole(clients, name)) : undefined
  const principal = principalOf(caller, role?.state === 'known' ? role.value.arn : undefined)
  if (principal === undefined) {
    const hidden = unknown(`the policies that limit ${caller.arn} cannot be read from here`)
    return speakAs(sameForAll(role?.state === 'unknown' ? role : hidden), caller.arn)
  }
  const holder: PolicyHolder =
    role?.state === 'known'
      ? {
          kind: 'role',
          arn: role.value.arn,
          name,
          principal,
          boundary: async () => known(role.value.boundaryArn),
        }
      : {
          kind: 'user',
          arn: caller.arn,
          name,
          principal,
          boundary: () => readAsFact(readUserBoundary(clients, name)),
        }
  return speakAs(existing(judgeAccessOf(clients, holder)), holder.arn)
}

/** Whoever calls exists. If IAM does not know them, as on simpler endpoints, nothing is known of their rights. */
function existing(judge: AccessJudge): AccessJudge {
  return async (question) => {
    const answers = await judge(question)
    const judged = question.actions.map((action) => {
      const fact = answers[action]
      return [
        action,
        fact.state === 'absent' ? unknown(`IAM does not know the caller: ${fact.reason}`) : fact,
      ] as const
    })
    // One entry was made for each action of the question.
    return Object.fromEntries(judged) as Answers<(typeof question.actions)[number]>
  }
}

/** Nothing limits the root user but guardrails and a Deny in the resource's own policy; it is never simulated. */
function judgeRoot(caller: CallerIdentity): AccessJudge {
  return async (question) => {
    const { facts: later, unread, ...layers }: Rest = (await question.rest) ?? {}
    const judged = question.actions.map((action) => {
      const request = {
        principal: { kind: 'root' as const, arn: caller.arn, account: caller.account },
        action,
        resource: question.resource,
        facts: { ...question.facts, ...later },
      }
      const decision = evaluate(request, { identity: [], ...layers })
      const fact: Fact<Judgement> =
        decision.verdict === 'unknown'
          ? (unread ?? unknown(decision.reason))
          : known({ decision, certainty: 'evaluated', assumptions: [] })
      return [action, fact] as const
    })
    // One entry was made for each action of the question.
    return Object.fromEntries(judged) as Answers<(typeof question.actions)[number]>
  }
}

function sameForAll(fact: Fact<never>): AccessJudge {
  return async (question) => {
    // Nobody waits for it here: what goes wrong with it is told elsewhere.
    question.rest?.catch(() => undefined)
    // One entry was made for each action of the question.
    return Object.fromEntries(question.actions.map((action) => [action, fact])) as Answers<
      (typeof question.actions)[number]
    >
  }
}
