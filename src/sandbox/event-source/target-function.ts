import { lookUpFunction } from '../lambda/find-function.js'
import { structure } from '../members.js'
import type { RawInput } from '../raw-input.js'
import type { World } from '../world.js'

/** What a mapping needs to know of its function. */
export interface TargetFunction {
  /** Without a qualifier. */
  readonly functionArn: string
  readonly roleArn: string
  readonly timeoutSeconds: number
  /** DurableConfig as it was given; undefined: the function is not durable. */
  readonly durable: RawInput | undefined
  readonly managedInstances: boolean
}

/**
 * The function of a mapping. `qualified: 'must-exist'` asks for the very version or alias; otherwise one that is
 * gone is stood in for by the function, because Lambda goes on receiving for it (and fails to invoke).
 */
export function targetFunction(
  world: World,
  functionArn: string,
  qualified: 'must-exist' | 'may-be-gone',
): TargetFunction | undefined {
  const unqualified = functionArn.split(':').slice(0, 7).join(':')
  const exact = lookUpFunction(world, functionArn)
  const found = exact ?? (qualified === 'may-be-gone' ? lookUpFunction(world, unqualified) : undefined)
  if (!found) return undefined
  const { roleArn, timeoutSeconds, shown } = found.version.settings
  return {
    functionArn: unqualified,
    roleArn,
    timeoutSeconds,
    durable: structure(shown, 'DurableConfig'),
    managedInstances: structure(shown, 'CapacityProviderConfig') !== undefined,
  }
}
