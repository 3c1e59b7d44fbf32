import type { FunctionAddress } from '../../arn.js'
import type { RequestFact } from '../../permissions/request.js'
import { known as knownKey, notKnown } from '../../permissions/request-fact.js'
import { type Fact, unknown } from '../fact.js'
import type { Judgement } from '../facts.js'
import type { AccessQuestion } from './access-question.js'
import type { AccessJudge, Answers } from './judge-access.js'

/**
 * Judges calls that carry lambda:FunctionArn. Whether it holds the alias or version, too, is not documented: what turns
 * on it is known only where both forms lead to one answer. Where nothing turns on it, that costs no call more.
 * https://docs.aws.amazon.com/service-authorization/latest/reference/list_awslambda.html
 */
export async function judgeForFunction<Action extends string>(
  judge: AccessJudge,
  { arn, unqualifiedArn, qualifier }: FunctionAddress,
  ask: (functionArn: RequestFact) => AccessQuestion<Action>,
): Promise<Answers<Action>> {
  if (qualifier === undefined) return judge(ask(knownKey(arn)))
  const question = ask(notKnown)
  const open = await judge(question)
  if (question.actions.every((action) => open[action].state !== 'unknown')) return open
  const [qualified, bare] = await Promise.all([
    judge(ask(knownKey(arn))),
    judge(ask(knownKey(unqualifiedArn))),
  ])
  const settled = question.actions.map((action) => [
    action,
    open[action].state === 'unknown' ? agreed(qualified[action], bare[action]) : open[action],
  ])
  // One entry was made for each action of the question.
  return Object.fromEntries(settled) as Answers<Action>
}

function agreed(qualified: Fact<Judgement>, bare: Fact<Judgement>): Fact<Judgement> {
  if (qualified.state !== 'known') return qualified
  if (bare.state !== 'known') return bare
  return qualified.value.decision.verdict === bare.value.decision.verdict
    ? qualified
    : unknown(
        'it depends on lambda:FunctionArn, and whether that names the alias or version too is not documented: a condition on it should admit both forms',
        undefined,
        'context',
      )
}
