import type { ListRequest } from '../../operations/requests.js'
import { defineCommand } from '../define-command.js'
import { integer, text, type Values } from '../options/options.js'

const options = {
  queue: text({ summary: 'only mappings of this queue', group: 'Selection', placeholder: 'name' }),
  function: text({ summary: 'only mappings of this function', group: 'Selection', placeholder: 'name' }),
  limit: integer({ summary: 'stop after so many', group: 'Selection', min: 1, max: 1_000_000 }),
} as const

/** Pure: what was typed as the request of the operation. */
export function listRequest({ queue, function: functionName, limit }: Values<typeof options>): ListRequest {
  return {
    ...(queue === undefined ? {} : { queue }),
    ...(functionName === undefined ? {} : { function: functionName }),
    ...(limit === undefined ? {} : { limit }),
  }
}

export default defineCommand({
  name: 'list',
  positionals: {},
  summary: 'List the mappings of queues to functions',
  description:
    'Shows the event source mappings of SQS queues in one account and Region: all of them, those of one queue, or those of one function. A queue may be given that does not exist any more.',
  options,
  examples: [
    { command: 'sqs-trigger list', does: 'all mappings in the Region' },
    { command: 'sqs-trigger list --queue orders', does: 'who reads this queue' },
    { command: 'sqs-trigger list --function order-worker --json', does: 'what this function reads' },
  ],
  exitCodes: ['NOT_SIGNED_IN', 'ACCESS_DENIED'],
  run: async ({ values }, { run, session }) => {
    const request = listRequest(values)
    const { listMappings } = await import('../../operations/list.js')
    return { kind: 'list', asked: request, list: await run(listMappings(request, await session())) }
  },
})
