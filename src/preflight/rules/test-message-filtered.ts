import { judgeMessage } from '../../filter/judge-message.js'
import { advice } from '../fix.js'
import { bad, defineRule, good, skip, unsure } from '../rule.js'

export default defineRule({
  slug: 'test-message-filtered',
  group: 'test-message',
  title: 'The filters would delete the test message',
  severity: 'error',
  enforcedByAws: false,
  subject: 'mapping',
  needs: ['testMessage', 'activeFilters'],
  why: 'Lambda deletes a message that no filter matches without calling the function: the test would prove nothing.',
  example: {
    bad: { activeFilters: ['{"body":{"type":["order"]}}'] },
    good: {
      activeFilters: ['{"body":{"type":["order"]}}'],
      testMessage: { body: '{"type":"order","id":"test"}' },
    },
  },
  sources: ['https://docs.aws.amazon.com/lambda/latest/dg/with-sqs-filtering.html'],
  judge: ({ testMessage: { body }, activeFilters }) => {
    if (activeFilters.length === 0) return skip('No filter applies.')
    const { verdict, reason } = judgeMessage(activeFilters, { body })
    const grounds = { observed: activeFilters, expected: 'a filter that fits the test message' }
    if (verdict === 'kept') return good('A filter keeps the test message.', grounds)
    if (verdict === 'deleted') return bad({ reason }, grounds)
    return unsure(reason.replace(/\.$/, ''), grounds)
  },
  message: ({ reason }, { queueName }) =>
    `The test message for queue ${queueName} would be deleted unseen: ${reason.charAt(0).toLowerCase()}${reason.slice(1)}`,
  fix: () => advice('Give a body that a filter keeps with --body, or send no test message.'),
})
