import { GetFunctionCommand, type GetFunctionCommandOutput } from '@aws-sdk/client-lambda'
import type { Clients } from './clients.js'
import { type FunctionHandle, type LambdaFunction, labelOf, toFunction } from './lambda-function.js'
import { send } from './send.js'

export interface WholeFunction {
  readonly lambdaFunction: LambdaFunction
  /** null: none is reserved. */
  readonly reservedConcurrency: number | null
}

/**
 * Reads configuration and reserved concurrency in one call, which has a rate limit of its own. It hands out the
 * function's code as well, so that many organisations refuse it: of the answer the address of the code is not kept.
 * @throws SqsTriggerError FUNCTION_NOT_FOUND, ACCESS_DENIED
 */
export async function readWholeFunction(clients: Clients, address: FunctionHandle): Promise<WholeFunction> {
  const { Configuration = {}, Concurrency } = await getFunction(clients, address)
  return {
    lambdaFunction: toFunction(clients, Configuration, address),
    reservedConcurrency: Concurrency?.ReservedConcurrentExecutions ?? null,
  }
}

async function getFunction(clients: Clients, address: FunctionHandle): Promise<GetFunctionCommandOutput> {
  const command = new GetFunctionCommand({
    FunctionName: address.unqualifiedArn ?? address.name,
    ...(address.qualifier === undefined ? {} : { Qualifier: address.qualifier }),
  })
  const call = { service: 'lambda', operation: 'GetFunction', function: labelOf(address) }
  return send(clients, call, () => clients.lambda.send(command))
}
