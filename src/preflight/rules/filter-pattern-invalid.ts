import { parsePattern } from '../../filter/pattern.js'
import { limits } from '../../limits.js'
import { shown } from '../../shown.js'
import { settingsRule } from '../settings-rule.js'

export default settingsRule({
  slug: 'filter-pattern-invalid',
  title: 'A filter pattern is not valid',
  why: 'AWS refuses the whole mapping for one invalid pattern, without saying what is wrong with it.',
  example: {
    bad: { settings: { filters: ['{"body":{"type":"order"}}'] } },
    good: { settings: { filters: ['{"body":{"type":["order"]}}'] } },
  },
  sources: ['https://docs.aws.amazon.com/lambda/latest/dg/invocation-eventfiltering.html'],
  assess: ({ filters = [] }) => {
    if (filters.length === 0) return undefined
    const maximum = limits.filterPatternMaximum.value
    const faults = filters.flatMap((text) => {
      if (text.length > maximum) return [`${shown(text)} has ${text.length} characters; AWS takes ${maximum}`]
      const pattern = parsePattern(text)
      return 'problem' in pattern ? [`${shown(text)}: ${pattern.problem}`] : []
    })
    return {
      holds: faults.length === 0,
      observed: filters,
      expected: 'valid patterns',
      message: faults.length === 0 ? `${count(filters.length)} valid.` : `Filter ${faults.join('; ')}.`,
      remedy: 'A pattern is a JSON object whose leaves are lists, e.g. {"body":{"type":["order"]}}.',
    }
  },
})

const count = (number: number) =>
  number === 1 ? 'The filter pattern is' : `All ${number} filter patterns are`
