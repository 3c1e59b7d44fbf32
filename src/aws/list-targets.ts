import { type FunctionConfiguration, ListFunctionsCommand } from '@aws-sdk/client-lambda'
import { ListQueuesCommand } from '@aws-sdk/client-sqs'
import type { Clients } from './clients.js'
import { send } from './send.js'

/**
 * Yields the names of the caller's queues, up to 1,000 a page. Without MaxResults, SQS answers one page and says
 * nothing of the rest.
 * https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_ListQueues.html
 * @throws SqsTriggerError ACCESS_DENIED
 */
export async function* listQueuePages(
  clients: Clients,
  signal?: AbortSignal,
): AsyncGenerator<readonly string[], void, void> {
  let token: string | undefined
  do {
    const command = new ListQueuesCommand({ MaxResults: 1000, NextToken: token })
    const answer = await send(clients, { service: 'sqs', operation: 'ListQueues' }, () =>
      clients.sqs.send(command, during(signal)),
    )
    yield (answer.QueueUrls ?? []).map((url) => url.slice(url.lastIndexOf('/') + 1))
    token = answer.NextToken || undefined
  } while (token !== undefined)
}

/** What a list says of a function. Its state is no part of that: Lambda tells it of one function only. */
export interface ListedFunction {
  readonly name: string
  readonly arn: string
  /** undefined: an image, which brings its own. */
  readonly runtime: string | undefined
  readonly timeoutSeconds: number | undefined
}

/**
 * Yields the caller's functions, at most 50 a page, whatever is asked for.
 * https://docs.aws.amazon.com/lambda/latest/api/API_ListFunctions.html
 * @throws SqsTriggerError ACCESS_DENIED
 */
export async function* listFunctionPages(
  clients: Clients,
  signal?: AbortSignal,
): AsyncGenerator<readonly ListedFunction[], void, void> {
  let marker: string | undefined
  do {
    const command = new ListFunctionsCommand({ Marker: marker })
    const answer = await send(clients, { service: 'lambda', operation: 'ListFunctions' }, () =>
      clients.lambda.send(command, during(signal)),
    )
    yield (answer.Functions ?? []).flatMap(listed)
    marker = answer.NextMarker || undefined
  } while (marker !== undefined)
}

function listed({ FunctionName, FunctionArn, Runtime, Timeout }: FunctionConfiguration): ListedFunction[] {
  if (!FunctionName) return []
  return [{ name: FunctionName, arn: FunctionArn ?? '', runtime: Runtime, timeoutSeconds: Timeout }]
}

const during = (signal: AbortSignal | undefined) => (signal ? { abortSignal: signal } : {})
