import { defineAction } from '../../define-action.js'
import { text } from '../../members.js'
import { type Page, readPage, takePage } from '../paging.js'

interface Input {
  readonly prefix: string
  readonly page: Page
}

/** https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_ListQueues.html */
export default defineAction({
  service: 'sqs',
  name: 'ListQueues',
  decode: (raw): Input => ({ prefix: text(raw, 'QueueNamePrefix') ?? '', page: readPage(raw) }),
  // Cannot be narrowed to queues.
  needs: () => [{ action: 'sqs:ListQueues', resource: '*' }],
  run: ({ prefix, page }, { world, principal, region }) => {
    const own = [...world.sqs.queues.values()].filter(
      (queue) =>
        queue.account === principal.account && queue.region === region && queue.name.startsWith(prefix),
    )
    const { urls, nextToken } = takePage(own, page)
    return { QueueUrls: urls, NextToken: nextToken }
  },
})
