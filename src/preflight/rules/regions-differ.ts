import { advice } from '../fix.js'
import { bad, defineRule, good } from '../rule.js'

export default defineRule({
  slug: 'regions-differ',
  group: 'placement',
  title: 'Queue and function are in different Regions',
  severity: 'error',
  enforcedByAws: true,
  yieldsTo: ['partitions-differ'],
  subject: 'queue',
  needs: ['placement'],
  why: 'Lambda polls only queues of its own Region. Your own Region decides where the mapping would be created.',
  example: {
    bad: {
      placement: {
        queue: {
          arn: 'arn:aws:sqs:us-east-1:111122223333:orders',
          partition: 'aws',
          region: 'us-east-1',
          account: '111122223333',
          name: 'orders',
          fifo: false,
        },
      },
    },
    good: {},
  },
  sources: ['https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-configure.html'],
  judge: ({ placement: { queue, function: target, region } }) => {
    const grounds = {
      observed: { queue: queue.region, function: target.region, calls: region },
      expected: 'one Region',
    }
    return queue.region === target.region && queue.region === region
      ? good(`Queue and function are in ${region}.`, grounds)
      : bad({ queue, target, region }, grounds)
  },
  message: ({ queue, target, region }) =>
    queue.region === target.region
      ? `Queue ${queue.name} and function ${target.name} are in ${queue.region}, but your Region is ${region}.`
      : `Queue ${queue.name} is in ${queue.region}, function ${target.name} in ${target.region}.`,
  fix: ({ queue, target }) =>
    queue.region === target.region
      ? advice(`Add --region ${queue.region}, or set AWS_REGION=${queue.region}.`)
      : advice(`Use a queue in ${target.region}, or a function in ${queue.region}.`),
})
