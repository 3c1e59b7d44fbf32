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
    const about = {
      observed: number,
      expected: filtersMaximum.value,
      remedy: 'Join patterns: the values in one list are alternatives.',
    }
    if (number > filtersMaximum.value) {
      return {
        ...about,
        holds: false,
        message: `There are ${number} filters; AWS takes at most ${filtersMaximum.value}.`,
      }
    }
    if (number <= filtersDefault.value) {
      return { ...about, holds: true, message: `${number} of at most ${filtersDefault.value} filters.` }
    }
    const message = `AWS takes ${number} filters only where it has raised the account's quota of ${filtersDefault.value}, which cannot be read`
    return { ...about, holds: 'unsure', message }
  },
})
