import { nameIn } from '../arn.js'
import type { Proof } from '../operations/events.js'
import type { WirePlan, WireResult } from '../operations/results.js'
import type { Outcome } from '../report/outcome.js'
import { typedName } from '../report/text/sentences.js'
import type { CommandContext } from './command-context.js'
import { type Mended, mendedParts } from './mend.js'
import type { WireValues } from './options/wire-values.js'
import { mappingProofError } from './proof-bar.js'
import { nextSteps } from './test-message.js'

/** Names what and where by itself: with --quiet or --json nothing else stands above it. */
export function wireQuestion({
  target: { queueArn, functionArn },
  context: { account, region },
}: WirePlan): string {
  return `Connect ${nameIn(queueArn ?? '')} to ${nameIn(functionArn ?? '')} in account ${account}, ${region}?`
}

/** Creates the mapping, and waits as long as was asked for. */
export async function applied(
  plan: WirePlan,
  { made = [] }: Partial<Mended>,
  { wait }: Pick<WireValues, 'wait'>,
  context: CommandContext,
): Promise<WireResult> {
  const { timeout } = context.globals
  const { types } = mendedParts(made)
  const options = {
    wait: wait !== false,
    ...(timeout === undefined ? {} : { timeoutMs: timeout }),
    ...(types.length === 0 ? {} : { afterOwnWrite: types }),
  }
  const { applyWiring } = await import('../operations/wire.js')
  return context.run(applyWiring(plan, options, await context.session()))
}

/** What came of it, and what to do next. */
export async function wiredOutcome(
  plan: WirePlan,
  result: WireResult,
  proof: Proof | null,
  { prove = 'medium' }: Pick<WireValues, 'prove'>,
  context: CommandContext,
): Promise<Extract<Outcome, { kind: 'wired' }>> {
  const { links, next } = await nextSteps(plan, result.mapping, proof, context.connection)
  const queue = typedName(result.mapping.queueArn, plan.context.account)
  const error = mappingProofError(proof, result.mapping.uuid, prove, queue, context.connection)
  return { kind: 'wired', plan, result: { ...result, proof }, links, next, ...(error ? { error } : {}) }
}
