import { advice } from '../fix.js'
import { bad, defineRule, good } from '../rule.js'

export default defineRule({
  slug: 'filter-deletes-unmatched',
  group: 'mapping',
  title: 'Messages that no filter matches are deleted',
  severity: 'warning',
  enforcedByAws: false,
  subject: 'mapping',
  needs: ['activeFilters'],
  why: 'Lambda deletes what the filters do not match: it reaches neither the function nor the dead-letter queue. An empty queue is then no proof that anything was processed.',
  example: { bad: { activeFilters: ['{"body":{"type":["order"]}}'] }, good: { activeFilters: [] } },
  sources: ['https://docs.aws.amazon.com/lambda/latest/dg/invocation-eventfiltering.html'],
  judge: ({ activeFilters }) =>
    activeFilters.length === 0
      ? good('Every message of the queue reaches the function: nothing is filtered.')
      : bad({}, { observed: activeFilters, expected: [] }),
  message: (_, { queueName }) => `Messages of queue ${queueName} that match no filter are deleted for good.`,
  fix: () => advice('Make sure that no other consumer needs what the filters leave out.'),
})
