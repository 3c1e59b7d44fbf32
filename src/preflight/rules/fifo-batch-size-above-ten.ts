import { limits } from '../../limits.js'
import { settingsRule } from '../settings-rule.js'

export default settingsRule({
  slug: 'fifo-batch-size-above-ten',
  title: 'The batch size is too large for a FIFO queue',
  why: 'A FIFO queue takes no batching window, so its batches cannot grow beyond what one receive brings.',
  example: {
    bad: {
      settings: { batchSize: 11 },
      placement: {
        queue: {
          arn: 'arn:aws:sqs:eu-central-1:111122223333:orders.fifo',
          partition: 'aws',
          region: 'eu-central-1',
          account: '111122223333',
          name: 'orders.fifo',
          fifo: true,
        },
      },
    },
    good: { settings: { batchSize: 11 } },
  },
  sources: ['https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-parameters.html'],
  assess: ({ batchSize }, { name, fifo }) => {
    const maximum = limits.fifoBatchSizeMaximum.value
    if (batchSize === undefined) return undefined
    if (!fifo) {
      return {
        holds: true,
        observed: batchSize,
        expected: null,
        message: `Queue ${name} is not FIFO.`,
        remedy: '',
      }
    }
    return {
      holds: batchSize <= maximum,
      observed: batchSize,
      expected: maximum,
      message: `Batch size ${batchSize} for FIFO queue ${name}, which takes at most ${maximum}.`,
      remedy: `Lower --batch-size to ${maximum}.`,
    }
  },
})
