import { limits } from '../../limits.js'
import { bad, defineRule, good, skip } from '../rule.js'

/** Asked-for batch sizes only: whoever takes AWS's default counts on no size. */
export default defineRule({
  slug: 'batch-may-exceed-payload',
  group: 'mapping',
  title: 'A full batch may not fit into one invocation',
  severity: 'info',
  enforcedByAws: false,
  subject: 'mapping',
  needs: ['settings', 'queue'],
  why: 'An invocation takes 6 MB, metadata included. Lambda closes a batch before it grows larger, so the function may get fewer messages than the batch size.',
  example: {
    bad: { settings: { batchSize: 100, batchWindowSeconds: 1 }, queue: { maximumMessageBytes: 262_144 } },
    good: { settings: { batchSize: 5 }, queue: { maximumMessageBytes: 262_144 } },
  },
  sources: [
    'https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html',
    'https://docs.aws.amazon.com/lambda/latest/dg/invocation-eventsourcemapping.html',
  ],
  judge: ({ settings: { batchSize }, queue }) => {
    if (batchSize === undefined) return skip('No batch size was asked for.')
    const bytes = batchSize * queue.maximumMessageBytes
    const most = limits.invocationPayloadMaximum.value
    const grounds = { observed: bytes, expected: { atMost: most } }
    return bytes > most
      ? bad({ batchSize, each: queue.maximumMessageBytes }, grounds)
      : good(`The bodies of ${batchSize} of the largest messages fit into one invocation.`, grounds)
  },
  message: ({ batchSize, each }, { queueName }) =>
    `A batch of ${batchSize.toLocaleString('en')} messages of up to ${each.toLocaleString('en')} bytes, as queue ${queueName} takes them, is more than one invocation takes: batches may be smaller.`,
  fix: () => null,
})
