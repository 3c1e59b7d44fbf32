import { parseArn } from '../../arn.js'
import { advice } from '../fix.js'
import { bad, defineRule, good } from '../rule.js'

export default defineRule({
  slug: 'not-an-sqs-queue',
  group: 'placement',
  title: 'The event source is not an SQS queue',
  severity: 'error',
  enforcedByAws: true,
  refusedBy: 'library',
  subject: 'queue',
  needs: ['placement'],
  why: 'This tool wires SQS queues. Other services have queues too, Kinesis and Amazon MQ among them, with other settings.',
  example: {
    bad: {
      placement: {
        queue: {
          arn: 'arn:aws:kinesis:eu-central-1:111122223333:queue/orders',
          partition: 'aws',
          region: 'eu-central-1',
          account: '111122223333',
          name: 'orders',
          fifo: false,
        },
      },
    },
    good: {},
  },
  sources: ['https://docs.aws.amazon.com/lambda/latest/dg/with-sqs.html'],
  judge: ({ placement: { queue } }) => {
    const service = parseArn(queue.arn)?.service ?? 'nothing'
    const grounds = { observed: service, expected: 'sqs' }
    return service === 'sqs'
      ? good(`${queue.arn} is an SQS queue.`, grounds)
      : bad({ arn: queue.arn, service }, grounds)
  },
  message: ({ arn, service }) => `The event source ${arn} belongs to the service ${service}, not to SQS.`,
  fix: () => advice('Give the name, URL or ARN of an SQS queue.'),
})
