import { limits } from '../../limits.js'
import { type SettingsVerdict, settingsRule, withinRange } from '../settings-rule.js'

export default settingsRule({
  slug: 'pollers-out-of-range',
  title: 'The number of pollers is out of range',
  why: 'AWS refuses numbers of provisioned pollers outside their ranges, and a maximum below the minimum.',
  example: {
    bad: { settings: { minimumPollers: 20, maximumPollers: 10 } },
    good: { settings: { minimumPollers: 2, maximumPollers: 10 } },
  },
  refusedBy: 'command-line',
  sources: [
    'https://docs.aws.amazon.com/lambda/latest/api/API_ProvisionedPollerConfig.html',
    'https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-configure.html',
  ],
  assess: ({ minimumPollers, maximumPollers }) => {
    if (minimumPollers === undefined && maximumPollers === undefined) return undefined
    const low = minimumPollers ?? limits.minimumPollersDefault.value
    const high = maximumPollers ?? limits.maximumPollersDefault.value
    const lowRange = { from: limits.minimumPollersMinimum.value, to: limits.minimumPollersMaximum.value }
    const highRange = { from: limits.maximumPollersMinimum.value, to: limits.maximumPollersMaximum.value }
    const verdicts = [
      withinRange(low, lowRange, { what: 'The minimum number of pollers', flag: '--minimum-pollers' }),
      withinRange(high, highRange, { what: 'The maximum number of pollers', flag: '--maximum-pollers' }),
      inOrder(low, high),
    ]
    return verdicts.find(({ holds }) => !holds) ?? beyondGuide(high) ?? inOrder(low, high)
  },
})

/** Where the API reference and the developer guide disagree, AWS alone can tell. */
function beyondGuide(high: number): SettingsVerdict | undefined {
  const { maximumPollersOfGuide: guide, maximumPollersMaximum: api } = limits
  if (high <= guide.value) return undefined
  return {
    holds: 'unsure',
    observed: high,
    expected: { atMost: guide.value },
    message: `${high.toLocaleString('en')} pollers are within the ${api.value.toLocaleString('en')} of AWS's API reference, but its developer guide says ${guide.value.toLocaleString('en')}`,
    remedy: `Give --maximum-pollers ${guide.value} or less.`,
  }
}

const inOrder = (low: number, high: number): SettingsVerdict => ({
  holds: high >= low,
  observed: { minimumPollers: low, maximumPollers: high },
  expected: 'a maximum not below the minimum',
  message:
    high >= low
      ? `Between ${low} and ${high} pollers.`
      : `At most ${high} pollers, which is less than the minimum of ${low}.`,
  remedy: `Give --maximum-pollers ${low} or more.`,
})
