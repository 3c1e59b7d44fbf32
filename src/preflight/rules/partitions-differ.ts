import { advice } from '../fix.js'
import { bad, defineRule, good } from '../rule.js'

export default defineRule({
  slug: 'partitions-differ',
  group: 'placement',
  title: 'Queue and function are in different AWS partitions',
  severity: 'error',
  enforcedByAws: true,
  subject: 'queue',
  needs: ['placement'],
  why: 'Partitions such as aws and aws-cn share nothing: no account, no role and no call reaches from one into the other.',
  example: {
    bad: {
      placement: {
        queue: {
          arn: 'arn:aws-cn:sqs:cn-north-1:111122223333:orders',
          partition: 'aws-cn',
          region: 'cn-north-1',
          account: '111122223333',
          name: 'orders',
          fifo: false,
        },
      },
    },
    good: {},
  },
  sources: ['https://docs.aws.amazon.com/whitepapers/latest/aws-fault-isolation-boundaries/partitions.html'],
  judge: ({ placement: { queue, function: target } }) => {
    const grounds = { observed: queue.partition, expected: target.partition }
    return queue.partition === target.partition
      ? good(`Queue and function are in partition ${queue.partition}.`, grounds)
      : bad({ queue, target }, grounds)
  },
  message: ({ queue, target }) =>
    `Queue ${queue.name} is in partition ${queue.partition}, function ${target.name} in ${target.partition}.`,
  fix: ({ target }) => advice(`Use a queue in partition ${target.partition}.`),
})
