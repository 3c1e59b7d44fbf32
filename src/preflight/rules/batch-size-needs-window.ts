import { limits } from '../../limits.js'
import { settingsRule } from '../settings-rule.js'

export default settingsRule({
  slug: 'batch-size-needs-window',
  title: 'A large batch size needs a batching window',
  why: 'Lambda receives at most ten messages at once; a larger batch is gathered over a batching window of at least one second.',
  example: {
    bad: { settings: { batchSize: 100 } },
    good: { settings: { batchSize: 100, batchWindowSeconds: 5 } },
  },
  sources: ['https://docs.aws.amazon.com/lambda/latest/api/API_CreateEventSourceMapping.html'],
  assess: ({ batchSize, batchWindowSeconds = 0 }, { fifo }) => {
    const free = limits.batchSizeWithoutWindow.value
    // A FIFO queue takes neither; that has a rule of its own.
    if (batchSize === undefined || fifo) return undefined
    const holds = batchSize <= free || batchWindowSeconds >= 1
    return {
      holds,
      observed: { batchSize, batchWindowSeconds },
      expected: `a window of at least 1 s above ${free} messages`,
      message: holds
        ? `Batch size ${batchSize} fits a batching window of ${batchWindowSeconds} s.`
        : `Batch size ${batchSize} needs a batching window of at least 1 s; it is ${batchWindowSeconds} s.`,
      remedy: `Add --batch-window 1 or more, or lower --batch-size to ${free}.`,
    }
  },
})
