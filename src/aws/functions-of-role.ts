import { type FunctionConfiguration, ListFunctionsCommand } from '@aws-sdk/client-lambda'
import type { Clients } from './clients.js'
import { send } from './send.js'

/**
 * Names of the functions of this account and Region whose execution role this is: all pages are read.
 * @throws SqsTriggerError ACCESS_DENIED
 */
export async function readFunctionsOfRole(clients: Clients, roleArn: string): Promise<readonly string[]> {
  const call = { service: 'lambda', operation: 'ListFunctions' }
  const found: FunctionConfiguration[] = []
  let Marker: string | undefined
  do {
    const command = new ListFunctionsCommand({ Marker })
    const page = await send(clients, call, () => clients.lambda.send(command))
    found.push(...(page.Functions ?? []).filter(({ Role }) => Role === roleArn))
    Marker = page.NextMarker || undefined
  } while (Marker !== undefined)
  return found.map(({ FunctionName }) => FunctionName ?? '')
}
