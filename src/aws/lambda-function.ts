import {
  type FunctionConfiguration,
  GetFunctionConcurrencyCommand,
  GetFunctionConfigurationCommand,
  GetFunctionRecursionConfigCommand,
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
  /** The version that was asked for, or that the alias stands for; undefined: the endpoint did not say. */
  readonly version: string | undefined
  readonly roleArn: string
  readonly timeoutSeconds: number
  /** Pending, Active, Inactive, Failed … : AWS adds words, so any text may stand here. */
  readonly state: string
  readonly stateReason: string | undefined
  readonly lastUpdateStatus: string
  readonly lastUpdateReason: string | undefined
  readonly runtime: string | undefined
  /** `index.handler`; an image has none. */
  readonly handler?: string
  /** Log group: the function's own setting, else /aws/lambda/<name>. */
  readonly logGroup: string
  readonly variables: Variables
  /** Where failed asynchronous invocations go: a queue or a topic. null: nowhere. */
  readonly deadLetterTargetArn: string | null
  /** Every invocation has to name a tenant. */
  readonly tenantIsolated: boolean
  /** null: the function is not durable. */
  readonly durable: DurableSettings | null
  /** It runs on Lambda Managed Instances, whose limits are others. */
  readonly managedInstances: boolean
}

/** Environment variables. Values may be secrets: they stay inside, and only names come out. */
export type Variables =
  | {
      readonly kind: 'readable'
      readonly namesWhere: (holds: (value: string) => boolean) => readonly string[]
    }
  /** Lambda shows the function, but not these. `reason` is AWS's. */
  | { readonly kind: 'withheld'; readonly reason: string; readonly code: string }

export interface DurableSettings {
  /** Of a whole durable execution, its waits included; null: Lambda did not say. */
  readonly executionTimeoutSeconds: number | null
  readonly retentionDays: number | null
  readonly keyArn: string | null
}

/** Enough to ask for a function: a bare name means the caller's own, before anyone knows the account. */
export type FunctionHandle = Pick<FunctionAddress, 'name' | 'qualifier'> &
  Partial<Pick<FunctionAddress, 'unqualifiedArn'>>

/**
 * Reads the configuration of a function, alias or version.
 * @throws SqsTriggerError FUNCTION_NOT_FOUND, ACCESS_DENIED
 */
export async function readFunction(
  clients: Clients,
  address: FunctionHandle,
  signal?: AbortSignal,
): Promise<LambdaFunction> {
  const command = new GetFunctionConfigurationCommand({
    FunctionName: address.unqualifiedArn ?? address.name,
    ...(address.qualifier === undefined ? {} : { Qualifier: address.qualifier }),
  })
  const call = { service: 'lambda', operation: 'GetFunctionConfiguration', function: labelOf(address) }
  const during = signal ? { abortSignal: signal } : {}
  return toFunction(clients, await send(clients, call, () => clients.lambda.send(command, during)), address)
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
 * Reads what Lambda does when it sees the function call itself through a queue: `Terminate` stops it, `Allow` does
 * not.
 * https://docs.aws.amazon.com/lambda/latest/dg/invocation-recursion.html
 * @throws SqsTriggerError FUNCTION_NOT_FOUND, ACCESS_DENIED
 */
export async function readRecursionConfig(clients: Clients, address: FunctionHandle): Promise<string> {
  const command = new GetFunctionRecursionConfigCommand({
    FunctionName: address.unqualifiedArn ?? address.name,
  })
  const call = { service: 'lambda', operation: 'GetFunctionRecursionConfig', function: address.name }
  const answer = await send(clients, call, () => clients.lambda.send(command))
  // AWS's default.
  return answer.RecursiveLoop ?? 'Terminate'
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

/** What Lambda says of a function. @throws SqsTriggerError ENDPOINT_NOT_AWS for an answer without one */
export function toFunction(
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
    version: configuration.Version,
    roleArn: configuration.Role,
    timeoutSeconds: configuration.Timeout ?? limits.functionTimeoutDefault.value,
    state: configuration.State ?? 'Active',
    stateReason: configuration.StateReason,
    lastUpdateStatus: configuration.LastUpdateStatus ?? 'Successful',
    lastUpdateReason: configuration.LastUpdateStatusReason,
    runtime: configuration.Runtime,
    ...(configuration.Handler ? { handler: configuration.Handler } : {}),
    logGroup: configuration.LoggingConfig?.LogGroup ?? `/aws/lambda/${address.name}`,
    variables: variablesOf(configuration),
    deadLetterTargetArn: configuration.DeadLetterConfig?.TargetArn || null,
    tenantIsolated: configuration.TenancyConfig?.TenantIsolationMode === 'PER_TENANT',
    durable: durableOf(configuration),
    managedInstances: Boolean(configuration.CapacityProviderConfig),
  }
}

/** Where the key that encrypts them may not be used by the caller, Lambda answers with an error in their place. */
function variablesOf({ Environment }: FunctionConfiguration): Variables {
  if (Environment?.Error) {
    const { ErrorCode = 'unknown error', Message = ErrorCode } = Environment.Error
    return { kind: 'withheld', reason: Message.replace(/\.$/, ''), code: ErrorCode }
  }
  const entries = Object.entries(Environment?.Variables ?? {})
  return {
    kind: 'readable',
    namesWhere: (holds) => entries.filter(([, value]) => holds(value)).map(([name]) => name),
  }
}

function durableOf({ DurableConfig }: FunctionConfiguration): DurableSettings | null {
  if (!DurableConfig) return null
  return {
    executionTimeoutSeconds: DurableConfig.ExecutionTimeout ?? null,
    retentionDays: DurableConfig.RetentionPeriodInDays ?? null,
    keyArn: DurableConfig.KMSKeyArn || null,
  }
}

/** As the user knows it: with the alias or version. */
export const labelOf = ({ name, qualifier }: FunctionHandle) =>
  qualifier === undefined ? name : `${name}:${qualifier}`
