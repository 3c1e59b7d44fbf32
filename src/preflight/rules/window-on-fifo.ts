import { settingsRule } from '../settings-rule.js'

export default settingsRule({
  slug: 'window-on-fifo',
  title: 'A FIFO queue takes no batching window',
  why: 'Waiting for more messages would delay the order that a FIFO queue keeps; AWS refuses it.',
  example: {
    bad: {
      settings: { batchWindowSeconds: 5 },
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
    good: { settings: { batchWindowSeconds: 5 } },
  },
  sources: ['https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-parameters.html'],
  assess: ({ batchWindowSeconds: window }, { name, fifo }) => {
    if (window === undefined) return undefined
    const holds = !fifo || window === 0
    return {
      holds,
      observed: window,
      expected: fifo ? 0 : null,
      message: holds
        ? `Queue ${name} takes a batching window of ${window} s.`
        : `FIFO queue ${name} takes no batching window; ${window} s were asked for.`,
      remedy: 'Leave out --batch-window.',
    }
  },
})
