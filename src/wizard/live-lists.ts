import { ListFunctionsCommand } from '@aws-sdk/client-lambda'
import { ListQueuesCommand } from '@aws-sdk/client-sqs'
import type { Clients } from '../aws/clients.js'
import { send } from '../aws/send.js'
import type { TargetSource } from './ask-target.js'

/** Names to choose from, read when the question is put. No more pages than a person would wait for. */
export function liveTargets(clients: Clients): TargetSource {
  return { queues: () => queueNames(clients), functions: () => functionNames(clients) }
}

const mostPages = 20

/** Without MaxResults, SQS answers one page and says nothing of the rest. */
async function queueNames(clients: Clients): Promise<readonly string[]> {
  const urls = await pages(async (token) => {
    const command = new ListQueuesCommand({ MaxResults: 1000, NextToken: token })
    const answer = await send(clients, { service: 'sqs', operation: 'ListQueues' }, () =>
      clients.sqs.send(command),
    )
    return { items: answer.QueueUrls ?? [], next: answer.NextToken }
  })
  return urls.map((url) => url.slice(url.lastIndexOf('/') + 1))
}

async function functionNames(clients: Clients): Promise<readonly string[]> {
  return pages(async (token) => {
    const command = new ListFunctionsCommand({ Marker: token })
    const answer = await send(clients, { service: 'lambda', operation: 'ListFunctions' }, () =>
      clients.lambda.send(command),
    )
    const names = (answer.Functions ?? []).map(({ FunctionName }) => FunctionName ?? '')
    return { items: names.filter((name) => name !== ''), next: answer.NextMarker }
  })
}

interface NamePage {
  readonly items: readonly string[]
  readonly next: string | undefined
}

async function pages(read: (token: string | undefined) => Promise<NamePage>): Promise<readonly string[]> {
  const items: string[] = []
  let token: string | undefined
  for (let count = 0; count < mostPages; count++) {
    const page = await read(token)
    items.push(...page.items)
    if (!page.next) break
    token = page.next
  }
  return items
}
