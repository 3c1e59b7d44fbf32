import { advice } from '../fix.js'
import { bad, defineRule, good, skip } from '../rule.js'

export default defineRule({
  slug: 'maximum-concurrency-above-reserved',
  group: 'function',
  title: 'The maximum concurrency is above the function’s reserved concurrency',
  severity: 'warning',
  enforcedByAws: false,
  subject: 'function',
  needs: ['settings', 'existingMapping', 'reservedConcurrency'],
  why: 'The mappings of a function together must not ask for more than its reserved concurrency: what goes beyond it is throttled, and the messages count a receive for nothing.',
  example: {
    bad: { settings: { maxConcurrency: 20 }, reservedConcurrency: 10 },
    good: { settings: { maxConcurrency: 10 }, reservedConcurrency: 10 },
  },
  sources: ['https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-scaling.html'],
  judge: ({ settings, existingMapping, reservedConcurrency: reserved }, { functionName }) => {
    const maximum = settings.maxConcurrency ?? existingMapping?.mapping.maxConcurrency
    if (maximum === undefined) return skip('No maximum concurrency was asked for.')
    if (reserved === null) return skip(`Function ${functionName} has no reserved concurrency.`)
    if (reserved === 0) return skip('The function is switched off, which is worse.')
    const grounds = { observed: maximum, expected: { atMost: reserved } }
    return maximum > reserved
      ? bad({ maximum, reserved }, grounds)
      : good(`The maximum concurrency of ${maximum} is within the reserved ${reserved}.`, {
          ...grounds,
          assumptions: ['The mappings of other queues to the function leave room: they were not counted.'],
        })
  },
  message: ({ maximum, reserved }, { functionName }) =>
    `The maximum concurrency is ${maximum}, but function ${functionName} has a reserved concurrency of ${reserved}.`,
  fix: ({ reserved }, { functionName }) =>
    advice(
      reserved < 2
        ? `Raise the reserved concurrency of ${functionName}: a mapping takes no maximum below 2.`
        : `Ask for --max-concurrency ${reserved} at most, or raise the reserved concurrency of ${functionName}.`,
    ),
})
