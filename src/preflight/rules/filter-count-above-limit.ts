import { limits } from '../../limits.js'
import { settingsRule } from '../settings-rule.js'

export default settingsRule({
  slug: 'filter-count-above-limit',
  title: 'There are more filters than AWS takes',
  why: 'A mapping takes five filters, and up to ten when AWS has raised the quota for the account.',
  example: {
    bad: {
      settings: { filters: Array.from({ length: 11 }, (_, number) => `{"body":{"type":["${number}"]}}`) },
    },
    good: { settings: { filters: ['{"body":{"type":["order"]}}'] } },
  },
  sources: ['https://docs.aws.amazon.com/lambda/latest/dg/invocation-eventfiltering.html'],
  assess: ({ filters = [] }) => {
    const { filtersDefault, filtersMaximum } = limits
    const number = filters.length
    if (number === 0) return undefined
    const quota =
      number > filtersDefault.value ? `; above ${filtersDefault.value} AWS must have raised your quota` : ''
    return {
      holds: number <= filtersMaximum.value,
      observed: number,
      expected: filtersMaximum.value,
      message:
        number <= filtersMaximum.value
          ? `${number} of at most ${filtersMaximum.value} filters${quota}.`
          : `There are ${number} filters; AWS takes at most ${filtersMaximum.value}.`,
      remedy: 'Join patterns: the values in one list are alternatives.',
    }
  },
})
