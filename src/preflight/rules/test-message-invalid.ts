import { refusedCharacter } from '../../message-body.js'
import { advice } from '../fix.js'
import { bad, defineRule, good } from '../rule.js'

export default defineRule({
  slug: 'test-message-invalid',
  group: 'test-message',
  title: 'The test message holds what SQS refuses',
  severity: 'error',
  enforcedByAws: true,
  subject: 'queue',
  needs: ['testMessage'],
  why: 'SQS takes at least one character, and only the characters of XML 1.0.',
  example: {
    bad: { testMessage: { body: 'order\u0000' } },
    good: { testMessage: { body: 'order\t1 ✓' } },
  },
  sources: ['https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_SendMessage.html'],
  judge: ({ testMessage: { body } }) => {
    if (body === '') return bad({ what: 'is empty' }, { observed: 0, expected: { atLeast: 1 } })
    const refused = refusedCharacter(body)
    return refused === undefined
      ? good('SQS takes every character of the test message.')
      : bad({ what: `holds ${refused.name} at position ${refused.position}` }, { observed: refused.name })
  },
  message: ({ what }, { queueName }) => `The test message for queue ${queueName} ${what}, which SQS refuses.`,
  fix: () => advice('Give another body with --body; encode binary data, for example as Base64.'),
})
