import { limits } from '../../limits.js'
import { awsFix } from '../fix.js'
import { bad, defineRule, good } from '../rule.js'

export default defineRule({
  slug: 'reserved-concurrency-zero',
  group: 'function',
  title: 'The function is switched off: its reserved concurrency is 0',
  severity: 'error',
  enforcedByAws: false,
  subject: 'function',
  needs: ['reservedConcurrency'],
  why: 'Every call is throttled. Messages come back, count their receives, and end in the dead-letter queue without ever having been tried.',
  example: { bad: { reservedConcurrency: 0 }, good: { reservedConcurrency: null } },
  sources: ['https://docs.aws.amazon.com/lambda/latest/dg/configuration-concurrency.html'],
  judge: ({ reservedConcurrency: reserved }, { functionName }) => {
    const grounds = { observed: reserved, expected: 'none, or above 0' }
    const has = reserved === null ? 'no reserved concurrency' : `a reserved concurrency of ${reserved}`
    return reserved === 0 ? bad({}, grounds) : good(`Function ${functionName} has ${has}.`, grounds)
  },
  message: (_, { functionName }) =>
    `Function ${functionName} has a reserved concurrency of 0: it can never run.`,
  fix: (_, context) => {
    const [name = ''] = context.functionName.split(':')
    const advised = limits.reservedConcurrencyAdvised.value
    const words = ['--function-name', name, '--reserved-concurrent-executions', String(advised)]
    return awsFix(context, `Give it ${advised} or more.`, 'lambda', 'put-function-concurrency', ...words)
  },
})
