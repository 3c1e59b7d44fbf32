import {
  type FunctionConfiguration,
  GetFunctionConcurrencyCommand,
  GetFunctionConfigurationCommand,
  ListFunctionsCommand,
} from '@aws-sdk/client-lambda'
import type { FunctionAddress } from '../arn.js'
import { limits } from '../limits.js'
import type { Clients } from './clients.js'
import { answeredWithout } from './not-aws.js'
import { send } from './send.js'

export interface LambdaFunction {
  /** As Lambda echoes it: with the qualifier when one was asked for. */
  readonly arn: string
  readonly name: string
  readonly roleArn: string
  readonly timeoutSeconds: number
  /** Pending, Active, Inactive, Failed … : AWS adds words, so any text may stand here. */
  readonly state: string
  readonly stateReason: string | undefined
  readonly lastUpdateStatus: string
  readonly lastUpdateReason: string | undefined
  readonly runtime: string | undefined
  /** Log group: the function's own setting, else /aws/lambda/<name>. */
  readonly logGroup: string
}

/** Enough to ask for a function: a bare name means the caller's own, before anyone knows the account. */
export type FunctionHandle = Pick<FunctionAddress, 'name' | 'qualifier'> &
  Partial<Pick<FunctionAddress, 'unqualifiedArn'>>

/**
 * Reads the configuration of a function, alias or version.
 * @throws SqsTriggerError FUNCTION_NOT_FOUND, ACCESS_DENIED
 */
export async function readFunction(clients: Clients, address: FunctionHandle): Promise<LambdaFunction> {
  const command = new GetFunctionConfigurationCommand({
    FunctionName: address.unqualifiedArn ?? address.name,
    ...(address.qualifier === undefined ? {} : { Qualifier: address.qualifier }),
  })
  const call = { service: 'lambda', operation: 'GetFunctionConfiguration', function: labelOf(address) }
  return toFunction(clients, await send(clients, call, () => clients.lambda.send(command)), address)
}

/**
 * Reads the reserved concurrency of a function; null: none is reserved.
 * @throws SqsTriggerError FUNCTION_NOT_FOUND, ACCESS_DENIED
 */
export async function readReservedConcurrency(
  clients: Clients,
  address: FunctionHandle,
): Promise<number | null> {
  const command = new GetFunctionConcurrencyCommand({ FunctionName: address.unqualifiedArn ?? address.name })
  const call = { service: 'lambda', operation: 'GetFunctionConcurrency', function: address.name }
  const answer = await send(clients, call, () => clients.lambda.send(command))
  return answer.ReservedConcurrentExecutions ?? null
}

/**
 * Lists one page of functions, to choose from or to see whether the caller may.
 * @throws SqsTriggerError ACCESS_DENIED
 */
export async function listFunctionNames(clients: Clients, limit: number): Promise<readonly string[]> {
  const call = { service: 'lambda', operation: 'ListFunctions' }
  const answer = await send(clients, call, () =>
    clients.lambda.send(new ListFunctionsCommand({ MaxItems: limit })),
  )
  return (answer.Functions ?? []).map(({ FunctionName }) => FunctionName ?? '').filter((name) => name !== '')
}

function toFunction(
  clients: Clients,
  configuration: FunctionConfiguration,
  address: FunctionHandle,
): LambdaFunction {
  if (!configuration.Role) {
    throw answeredWithout(clients, 'Lambda', 'a function')
  }
  return {
    arn: configuration.FunctionArn ?? address.unqualifiedArn ?? address.name,
    name: address.name,
    roleArn: configuration.Role,
    timeoutSeconds: configuration.Timeout ?? limits.functionTimeoutDefault.value,
    state: configuration.State ?? 'Active',
    stateReason: configuration.StateReason,
    lastUpdateStatus: configuration.LastUpdateStatus ?? 'Successful',
    lastUpdateReason: configuration.LastUpdateStatusReason,
    runtime: configuration.Runtime,
    logGroup: configuration.LoggingConfig?.LogGroup ?? `/aws/lambda/${address.name}`,
  }
}

const labelOf = ({ name, qualifier }: FunctionHandle) =>
  qualifier === undefined ? name : `${name}:${qualifier}`
