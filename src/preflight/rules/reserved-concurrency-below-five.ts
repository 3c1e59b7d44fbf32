import { limits } from '../../limits.js'
import { awsFix } from '../fix.js'
import { bad, defineRule, good, skip } from '../rule.js'

export default defineRule({
  slug: 'reserved-concurrency-below-five',
  group: 'function',
  title: 'The function’s reserved concurrency is below what AWS advises for SQS',
  severity: 'warning',
  enforcedByAws: false,
  subject: 'function',
  needs: ['reservedConcurrency'],
  why: 'Lambda starts with five pollers. Those that find no free slot are throttled, and their messages count a receive for nothing.',
  example: { bad: { reservedConcurrency: 2 }, good: { reservedConcurrency: 5 } },
  sources: ['https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-configure.html'],
  judge: ({ reservedConcurrency: reserved }, { functionName }) => {
    const advised = limits.reservedConcurrencyAdvised.value
    const grounds = { observed: reserved, expected: advised }
    if (reserved === 0) return skip('The function is switched off, which is worse.')
    if (reserved === null) return good(`Function ${functionName} has no reserved concurrency.`, grounds)
    return reserved >= advised
      ? good(`Function ${functionName} has a reserved concurrency of ${reserved}.`, grounds)
      : bad({ reserved, advised }, grounds)
  },
  message: ({ reserved, advised }, { functionName }) =>
    `Function ${functionName} has a reserved concurrency of ${reserved}; AWS advises at least ${advised} for SQS.`,
  fix: ({ advised }, context) => {
    const [name = ''] = context.functionName.split(':')
    const words = ['--function-name', name, '--reserved-concurrent-executions', String(advised)]
    return awsFix(context, `Raise it to ${advised}.`, 'lambda', 'put-function-concurrency', ...words)
  },
})
