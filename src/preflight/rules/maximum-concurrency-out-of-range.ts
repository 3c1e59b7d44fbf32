import { limits } from '../../limits.js'
import { settingsRule, withinRange } from '../settings-rule.js'

export default settingsRule({
  slug: 'maximum-concurrency-out-of-range',
  title: 'The maximum concurrency is out of range',
  why: 'AWS refuses a maximum concurrency outside its range. To let only one batch run at a time, reserve one concurrency on the function.',
  example: { bad: { settings: { maxConcurrency: 1 } }, good: { settings: { maxConcurrency: 2 } } },
  refusedBy: 'command-line',
  sources: ['https://docs.aws.amazon.com/lambda/latest/api/API_ScalingConfig.html'],
  assess: ({ maxConcurrency }) => {
    const range = { from: limits.maximumConcurrencyMinimum.value, to: limits.maximumConcurrencyMaximum.value }
    const words = { what: 'The maximum concurrency', flag: '--max-concurrency' }
    return maxConcurrency === undefined ? undefined : withinRange(maxConcurrency, range, words)
  },
})
