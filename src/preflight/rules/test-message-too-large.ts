import { limits } from '../../limits.js'
import { bodyBytes } from '../../message-body.js'
import { advice } from '../fix.js'
import { bad, defineRule, good } from '../rule.js'

export default defineRule({
  slug: 'test-message-too-large',
  group: 'test-message',
  title: 'The test message is larger than the queue takes',
  severity: 'error',
  enforcedByAws: true,
  subject: 'queue',
  needs: ['testMessage', 'queue'],
  why: 'SQS refuses a message above the queue’s maximum message size, which is 1 MiB at most.',
  example: {
    bad: { queue: { maximumMessageBytes: 1_024 }, testMessage: { body: 'x'.repeat(1_025) } },
    good: { queue: { maximumMessageBytes: 1_024 }, testMessage: { body: 'x'.repeat(1_024) } },
  },
  sources: [limits.messageBodyMaximum.source],
  judge: ({ testMessage: { body }, queue }) => {
    const bytes = bodyBytes(body)
    const maximum = Math.min(queue.maximumMessageBytes, limits.messageBodyMaximum.value)
    const grounds = { observed: bytes, expected: { atMost: maximum } }
    return bytes > maximum
      ? bad({ bytes, maximum }, grounds)
      : good(`The test message has ${number(bytes)} bytes; the queue takes ${number(maximum)}.`, grounds)
  },
  message: ({ bytes, maximum }, { queueName }) =>
    `The test message has ${number(bytes)} bytes; queue ${queueName} takes ${number(maximum)}.`,
  fix: () => advice('Give a shorter body with --body.'),
})

const number = (value: number) => value.toLocaleString('en')
