import { randomUUID } from 'node:crypto'
import { AwsFault } from './aws-fault.js'
import type { Service } from './define-action.js'
import type { Desk } from './dispatch.js'
import { rootOf } from './iam/access-keys.js'
import type { RawInput } from './raw-input.js'

/** One action run on behalf of an account's root, without asking any policy. */
export interface SeedStep {
  readonly service: Service
  readonly operation: string
  /** Members as the API names them; values as they stand on the wire (bytes in base64; IAM and STS: strings). */
  readonly input: RawInput
  /** Default: the sandbox's account. */
  readonly account?: string
  /** Default: the sandbox's Region. */
  readonly region?: string
}

/** Runs the steps in order and returns what each answered. Throws AwsFault at the first that is refused. */
export async function seed(
  desk: Desk & { readonly region: string },
  steps: readonly SeedStep[],
): Promise<readonly unknown[]> {
  const outputs: unknown[] = []
  for (const { service, operation, input, account, region } of steps) {
    const action = desk.actions.find(
      (known) =>
        known.service === service && known.name === operation && (known.rest?.takes?.(input) ?? true),
    )
    if (!action) {
      throw new AwsFault('UnknownOperationException', `The sandbox does not know ${service} ${operation}.`, {
        recorded: false,
      })
    }
    const principal = rootOf(desk.world, account ?? desk.world.account)
    const call = { world: desk.world, principal, region: region ?? desk.region, requestId: randomUUID() }
    outputs.push(await action.run(action.decode(input), call))
  }
  return outputs
}
