import type { FunctionAddress } from '../arn.js'
import type { Mapping } from '../mapping.js'

/** Whether an ARN names this function, whatever alias or version it adds. */
function isSameFunction(functionArn: string, { unqualifiedArn }: FunctionAddress): boolean {
  return functionArn === unqualifiedArn || functionArn.startsWith(`${unqualifiedArn}:`)
}

/** The mappings among these that hand messages to this function: those that are switched off do not. */
export function feeding(mappings: readonly Mapping[], target: FunctionAddress): readonly Mapping[] {
  return mappings.filter((mapping) => isSameFunction(mapping.functionArn, target) && takesMessages(mapping))
}

/** Whether a mapping takes messages: one that is switched off, or on its way there, leaves them to others. */
export const takesMessages = ({ state }: Mapping) => !idle.includes(state)

/** Of those that have one: the others are bound by the function alone. */
export const sumOfMaximums = (mappings: readonly Mapping[]) =>
  mappings.reduce((sum, { maxConcurrency = 0 }) => sum + maxConcurrency, 0)

const idle: readonly string[] = ['Disabled', 'Disabling', 'Deleting']
