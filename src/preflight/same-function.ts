import type { FunctionAddress } from '../arn.js'
import type { Mapping } from '../mapping.js'

/** Whether an ARN names this function, whatever alias or version it adds. */
function isSameFunction(functionArn: string, { unqualifiedArn }: FunctionAddress): boolean {
  return functionArn === unqualifiedArn || functionArn.startsWith(`${unqualifiedArn}:`)
}

/** The mappings among these that hand messages to this function: those that are switched off do not. */
export function feeding(mappings: readonly Mapping[], target: FunctionAddress): readonly Mapping[] {
  return mappings.filter(
    ({ functionArn, state }) => isSameFunction(functionArn, target) && !idle.includes(state),
  )
}

const idle: readonly string[] = ['Disabled', 'Disabling', 'Deleting']
