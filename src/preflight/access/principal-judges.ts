import type { CallerIdentity } from '../../aws/caller-identity.js'
import { type Fact, known, type UnknownFact, unknown } from '../fact.js'
import type { Judgement } from '../facts.js'
import type { Rest } from './access-question.js'
import { conclude } from './conclude.js'
import type { AccessJudge, Answers } from './judge-access.js'

/**
 * Of somebody who is there for certain, or turns out to be. If IAM does not know them all the same, as on simpler
 * endpoints, nothing is known of their rights.
 */
export function judgeFound(
  judge: AccessJudge,
  who: string,
  isThere: Promise<boolean> = Promise.resolve(true),
): AccessJudge {
  return changed(judge, async (fact) =>
    fact.state === 'absent' && (await isThere) ? unknown(`IAM does not know ${who}: ${fact.reason}`) : fact,
  )
}

/**
 * For a role whose path was guessed: what the simulator says holds, for names are unique in an account, so that a role
 * of this ARN can be no other. What it did not say is not known: policies may mean the role by its true ARN.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html
 */
export function judgeGuessed(judge: AccessJudge, unread: UnknownFact): AccessJudge {
  return changed(judge, async (fact) => {
    if (fact.state === 'absent') {
      return { ...unread, reason: `${unread.reason}, and your role has a path, which only that would show` }
    }
    return fact.state === 'known' && fact.value.certainty !== 'simulated' ? unread : fact
  })
}

/** Nothing limits the root user but guardrails and a Deny in the resource's own policy; it is never simulated. */
export function judgeRoot(caller: CallerIdentity): AccessJudge {
  return async (question) => {
    const { facts: later, unread, ...layers }: Rest = (await question.rest) ?? {}
    const judged = question.actions.map((action) => {
      const request = {
        principal: { kind: 'root' as const, arn: caller.arn, account: caller.account },
        action,
        resource: question.resource,
        facts: { ...question.facts, ...later, ...question.factsOf?.[action] },
      }
      const fact = conclude({ request, layers: { identity: [], ...layers }, unread })
      return [action, fact.state === 'known' ? known({ ...fact.value, assumptions: ofRoot }) : fact] as const
    })
    // One entry was made for each action of the question.
    return Object.fromEntries(judged) as Answers<(typeof question.actions)[number]>
  }
}

/** https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_scps.html */
const ofRoot = [
  'No service or resource control policy of AWS Organizations limits the root user: they cannot be read from here.',
]

/** Of somebody whose policies nobody can read. */
export function sameForAll(fact: Fact<never>): AccessJudge {
  return async (question) => {
    // Nobody waits for it here: what goes wrong with it is told elsewhere.
    question.rest?.catch(() => undefined)
    // One entry was made for each action of the question.
    return Object.fromEntries(question.actions.map((action) => [action, fact])) as Answers<
      (typeof question.actions)[number]
    >
  }
}

function changed(
  judge: AccessJudge,
  change: (fact: Fact<Judgement>) => Promise<Fact<Judgement>>,
): AccessJudge {
  return async (question) => {
    const answers = await judge(question)
    const judged = await Promise.all(
      question.actions.map(async (action) => [action, await change(answers[action])] as const),
    )
    // One entry was made for each action of the question.
    return Object.fromEntries(judged) as Answers<(typeof question.actions)[number]>
  }
}
