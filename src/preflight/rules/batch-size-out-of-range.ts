import { limits } from '../../limits.js'
import { settingsRule, withinRange } from '../settings-rule.js'

export default settingsRule({
  slug: 'batch-size-out-of-range',
  title: 'The batch size is out of range',
  why: 'AWS refuses a batch size outside its range.',
  example: { bad: { settings: { batchSize: 10_001 } }, good: { settings: { batchSize: 10 } } },
  refusedBy: 'command-line',
  sources: ['https://docs.aws.amazon.com/lambda/latest/api/API_CreateEventSourceMapping.html'],
  assess: ({ batchSize }) => {
    const range = { from: limits.batchSizeMinimum.value, to: limits.batchSizeMaximum.value }
    return batchSize === undefined
      ? undefined
      : withinRange(batchSize, range, { what: 'The batch size', flag: '--batch-size' })
  },
})
