import { limits } from '../../limits.js'
import { settingsRule, withinRange } from '../settings-rule.js'

export default settingsRule({
  slug: 'window-out-of-range',
  title: 'The batching window is out of range',
  why: 'AWS refuses a batching window outside its range.',
  example: {
    bad: { settings: { batchWindowSeconds: 301 } },
    good: { settings: { batchWindowSeconds: 300 } },
  },
  refusedBy: 'command-line',
  sources: ['https://docs.aws.amazon.com/lambda/latest/api/API_CreateEventSourceMapping.html'],
  assess: ({ batchWindowSeconds: window }) => {
    const range = { from: limits.batchWindowMinimum.value, to: limits.batchWindowMaximum.value }
    return window === undefined
      ? undefined
      : withinRange(window, range, { what: 'The batching window in seconds', flag: '--batch-window' })
  },
})
