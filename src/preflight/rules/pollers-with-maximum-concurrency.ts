import { settingsRule } from '../settings-rule.js'

export default settingsRule({
  slug: 'pollers-with-maximum-concurrency',
  title: 'Provisioned pollers and a maximum concurrency exclude each other',
  why: 'Both bound how fast the queue is read, in different ways; AWS takes only one of them.',
  example: {
    bad: { settings: { maxConcurrency: 10, minimumPollers: 2 } },
    good: { settings: { minimumPollers: 2 } },
  },
  sources: ['https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-scaling.html'],
  assess: ({ maxConcurrency, minimumPollers, maximumPollers }) => {
    const pollers = minimumPollers !== undefined || maximumPollers !== undefined
    if (maxConcurrency === undefined && !pollers) return undefined
    const holds = maxConcurrency === undefined || !pollers
    return {
      holds,
      observed: {
        maxConcurrency: maxConcurrency ?? null,
        minimumPollers: minimumPollers ?? null,
        maximumPollers: maximumPollers ?? null,
      },
      expected: 'one of the two',
      message: holds
        ? 'Only one way to bound the speed was chosen.'
        : `A maximum concurrency of ${maxConcurrency} and provisioned pollers were both asked for.`,
      remedy: 'Leave out --max-concurrency, or --minimum-pollers and --maximum-pollers.',
    }
  },
})
