import { advice } from '../fix.js'
import { bad, defineRule, good, skip } from '../rule.js'
import { feeding, sumOfMaximums } from '../same-function.js'

export default defineRule({
  slug: 'maximum-concurrency-above-reserved',
  group: 'function',
  title: 'The maximum concurrency is above the function’s reserved concurrency',
  severity: 'warning',
  enforcedByAws: false,
  subject: 'function',
  needs: ['settings', 'existingMapping', 'mappings', 'functionMappings', 'placement', 'reservedConcurrency'],
  why: 'The mappings of a function together must not ask for more than its reserved concurrency: what goes beyond it is throttled, and the messages count a receive for nothing.',
  example: {
    bad: { settings: { maxConcurrency: 20 }, reservedConcurrency: 10 },
    good: { settings: { maxConcurrency: 10 }, reservedConcurrency: 10 },
  },
  sources: ['https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-scaling.html'],
  moot: ({ settings, existingMapping, reservedConcurrency }, { functionName }) => {
    if (reservedConcurrency === null) return `Function ${functionName} has no reserved concurrency.`
    if (settings === undefined || existingMapping === undefined) return undefined
    return (settings.maxConcurrency ?? existingMapping?.mapping.maxConcurrency) === undefined
      ? 'No maximum concurrency was asked for.'
      : undefined
  },
  judge: (facts, { functionName }) => {
    const { settings, existingMapping, placement, reservedConcurrency: reserved } = facts
    const maximum = settings.maxConcurrency ?? existingMapping?.mapping.maxConcurrency
    if (maximum === undefined) return skip('No maximum concurrency was asked for.')
    if (reserved === null) return skip(`Function ${functionName} has no reserved concurrency.`)
    if (reserved === 0) return skip('The function is switched off, which is worse.')
    // Reserved concurrency belongs to the function: mappings to its other versions and aliases share it.
    const all = new Map(
      [...facts.mappings, ...(facts.functionMappings ?? [])].map((mapping) => [mapping.uuid, mapping]),
    )
    all.delete(existingMapping?.mapping.uuid ?? '')
    const others = sumOfMaximums(feeding([...all.values()], placement.function))
    const grounds = { observed: maximum + others, expected: { atMost: reserved } }
    return maximum + others > reserved
      ? bad({ maximum, others, reserved }, grounds)
      : good(`The maximum concurrency of ${maximum + others} is within the reserved ${reserved}.`, {
          ...grounds,
          assumptions: [
            'No mapping of another queue to a version or alias of the function takes more: whether AWS lists those with the function is not documented.',
          ],
        })
  },
  message: ({ maximum, others, reserved }, { functionName }) =>
    `The maximum concurrency is ${maximum}${others === 0 ? '' : `, and ${others} for the function’s other mappings`}, but function ${functionName} has a reserved concurrency of ${reserved}.`,
  fix: ({ reserved, others }, { functionName }) =>
    advice(
      reserved - others < 2
        ? `Raise the reserved concurrency of ${functionName}: a mapping takes no maximum below 2.`
        : `Ask for --max-concurrency ${reserved - others} at most, or raise the reserved concurrency of ${functionName}.`,
    ),
})
